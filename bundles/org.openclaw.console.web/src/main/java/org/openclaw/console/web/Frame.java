package org.openclaw.console.web;

import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.openclaw.security.Role;
import org.openclaw.security.Subject;

/**
 * The page around each of our tabs: head, navigation, and an empty place that the tab's script fills. It holds no data
 * of agents or bundles; those come from the HTTP API, under its rules.
 */
final class Frame {
    /** Loads nothing but files of this console, and runs nothing that stands inside a page or was put together from text. */
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
            + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'; trusted-types 'none'";

    private static final String PAGE = Resource.required("frame.html").text();

    private Frame() {}

    /**
     * The whole page.
     *
     * @param tab which of our tabs it is
     * @param titles the console's tabs, label to title, ours and the standard ones
     * @param subject who asks
     */
    static String html(Tab tab, Map<String, String> titles, Subject subject) {
        return PAGE.replace("<a href=\"{root}/" + tab.label() + "\">", current(tab))
                .replace("{res}", LocalPath.ROOT + "/" + OverviewTab.LABEL + "/res")
                .replace("{root}", LocalPath.ROOT)
                .replace("{label}", tab.label())
                .replace("{title}", Html.text(tab.title()))
                .replace("{system}", system(titles))
                .replace("{role}", subject.role().includes(Role.ADMIN) ? "administrator" : "reader")
                .replace("{name}", Html.text(subject.name()));
    }

    private static String current(Tab tab) {
        return "<a href=\"{root}/" + tab.label() + "\" aria-current=\"page\">";
    }

    private static String system(Map<String, String> titles) {
        return titles.entrySet().stream()
                .filter(tab -> !LocalPath.OWN.contains(tab.getKey()))
                .sorted(Comparator.comparing(
                        tab -> Objects.toString(tab.getValue(), ""), String.CASE_INSENSITIVE_ORDER))
                .map(tab -> "<li><a href=\"{root}/%s\">%s</a></li>%n"
                        .formatted(Html.text(tab.getKey()), Html.text(tab.getValue())))
                .collect(Collectors.joining())
                .replace("{root}", LocalPath.ROOT);
    }
}
