package org.openclaw.console.web;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The console's tabs besides our own, as links: those to work with, and the reports, of which there are many.
 *
 * @param tabs their titles by their labels
 * @param reports their titles by their labels
 */
record StandardTabs(Map<String, String> tabs, Map<String, String> reports) {
    private static final String REPORTS = "category.Status";

    StandardTabs {
        tabs = Map.copyOf(tabs);
        reports = Map.copyOf(reports);
    }

    /**
     * Reads what the console hands to a tab.
     *
     * @param categorized a map of categories to maps of labels to titles; anything else is no tab
     */
    static StandardTabs of(@Nullable Object categorized) {
        var tabs = new TreeMap<String, String>();
        var reports = new TreeMap<String, String>();
        if (categorized instanceof Map<?, ?> categories) {
            categories.forEach((category, inside) -> collect(inside, REPORTS.equals(category) ? reports : tabs));
        }
        return new StandardTabs(tabs, reports);
    }

    private static void collect(@Nullable Object category, Map<String, String> found) {
        if (category instanceof Map<?, ?> map) {
            map.forEach((label, title) -> {
                if (title instanceof Map<?, ?>) {
                    collect(title, found);
                } else if (label instanceof String name
                        && title instanceof String text
                        && !LocalPath.OWN.contains(name)) {
                    found.put(name, text);
                }
            });
        }
    }

    /** The links as items of lists. */
    String html() {
        return items(tabs)
                + (reports.isEmpty()
                        ? ""
                        : "<li><details><summary>Reports</summary><ul>\n" + items(reports) + "</ul></details></li>\n");
    }

    private static String items(Map<String, String> tabs) {
        return tabs.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.comparing(String::toLowerCase)))
                .map(tab -> "<li><a href=\"%s/%s\">%s</a></li>\n"
                        .formatted(
                                LocalPath.ROOT, Html.text(tab.getKey().replace(" ", "%20")), Html.text(tab.getValue())))
                .collect(Collectors.joining());
    }
}
