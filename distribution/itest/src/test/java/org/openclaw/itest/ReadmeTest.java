package org.openclaw.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openclaw.bench.container.Checkout;

/** The README says what is there: its code is that of built examples, its links lead somewhere. */
class ReadmeTest {
    private static final Pattern CODE = Pattern.compile("(?s)```java\n(.*?)```");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!http)([^)#]+)");

    @Test
    void itsCodeIsThatOfABuiltExample() throws IOException {
        var examples = new ArrayList<String>();
        for (var bundle : Checkout.bundles()) {
            if (bundle.getFileName().toString().startsWith("org.openclaw.example.")) {
                examples.addAll(sources(bundle.resolve("src")));
            }
        }
        var snippets =
                CODE.matcher(readme()).results().map(found -> found.group(1)).toList();
        assertThat(snippets).isNotEmpty();
        assertThat(snippets)
                .allSatisfy(snippet -> assertThat(examples)
                        .as("some source of an example holds these lines")
                        .anyMatch(source -> flat(source).contains(flat(snippet))));
    }

    @Test
    void itsLinksLeadSomewhere() throws IOException {
        assertThat(LINK.matcher(readme()).results().map((MatchResult found) -> found.group(1)))
                .isNotEmpty()
                .allSatisfy(link -> assertThat(Checkout.ROOT.resolve(link)).exists());
    }

    @Test
    void namesEveryBundle() throws IOException {
        var readme = readme();
        assertThat(Checkout.bundles())
                .allSatisfy(bundle -> assertThat(readme).contains("(bundles/" + bundle.getFileName() + ")"));
    }

    @Test
    void isReadInOneSitting() throws IOException {
        assertThat(readme().lines().count()).isLessThanOrEqualTo(200);
    }

    private static String readme() throws IOException {
        return Files.readString(Checkout.ROOT.resolve("README.md"));
    }

    /** Without indentation and blank lines. */
    private static String flat(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
    }

    private static List<String> sources(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            var found = files.filter(file -> file.toString().endsWith(".java")).toList();
            var texts = new ArrayList<String>();
            for (var file : found) {
                texts.add(Files.readString(file));
            }
            return texts;
        }
    }
}
