package org.openclaw.schema.processor;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an author wrote about a record, as plain text: one line, without tags and markup.
 *
 * @param description the first paragraph; may be empty
 * @param params the texts of the {@code @param} tags by name
 */
record Javadoc(String description, Map<String, String> params) {
    static final Javadoc NONE = new Javadoc("", Map.of());

    private static final Pattern PARAGRAPH = Pattern.compile("<p>");
    private static final Pattern BLOCK_TAG = Pattern.compile("(?m)^\\s*@(?=[a-z])");
    private static final Pattern PARAM = Pattern.compile("(?s)param\\s+(\\w+)\\s+(.+)");
    private static final Pattern INLINE_TAG =
            Pattern.compile("\\{@(?:code|literal|value)\\s+([^{}\\s]+)(?:\\s+([^{}]*))?\\}");
    private static final Pattern LINK = Pattern.compile("\\{@link(?:plain)?\\s+([^{}\\s]+)(?:\\s+([^{}]*))?\\}");
    private static final Pattern HTML_TAG = Pattern.compile("</?[a-zA-Z][^<>]*>");

    Javadoc {
        params = Map.copyOf(params);
    }

    /** Reads a comment as {@code Elements.getDocComment} gives it. */
    static Javadoc parse(String comment) {
        String[] blocks = BLOCK_TAG.split(comment, -1);
        var params = new HashMap<String, String>();
        for (int i = 1; i < blocks.length; i++) {
            Matcher param = PARAM.matcher(blocks[i].strip());
            if (param.matches()) {
                params.put(param.group(1), plain(param.group(2)));
            }
        }
        String[] paragraphs = PARAGRAPH.split(blocks[0], 2);
        return new Javadoc(plain(paragraphs[0]), params);
    }

    /** What was written about a component. */
    Optional<String> param(String name) {
        return Optional.ofNullable(params.get(name));
    }

    private static String plain(String markup) {
        String linked = LINK.matcher(markup)
                .replaceAll(link -> Matcher.quoteReplacement(
                        link.group(2) == null ? link.group(1).replace('#', '.') : link.group(2)));
        String untagged = INLINE_TAG
                .matcher(HTML_TAG.matcher(linked).replaceAll(" "))
                .replaceAll(tag -> Matcher.quoteReplacement(
                        tag.group(2) == null ? tag.group(1) : tag.group(1) + " " + tag.group(2)));
        return untagged.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
