package org.openclaw.console.web;

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
     * @param standard the other tabs
     * @param subject who asks
     */
    static String html(Tab tab, StandardTabs standard, Subject subject) {
        return PAGE.replace("<a href=\"{root}/" + tab.label() + "\">", current(tab))
                .replace("{res}", LocalPath.ROOT + "/" + OverviewTab.LABEL + "/res")
                .replace("{root}", LocalPath.ROOT)
                .replace("{label}", tab.label())
                .replace("{title}", Html.text(tab.title()))
                .replace("{system}", standard.html())
                .replace("{role}", name(subject.role()))
                .replace("{name}", Html.text(subject.name()));
    }

    private static String name(Role role) {
        return switch (role) {
            case ADMIN -> "administrator";
            case OPERATOR -> "operator";
            case READER -> "reader";
            case SENDER -> "sender";
        };
    }

    private static String current(Tab tab) {
        return "<a href=\"{root}/" + tab.label() + "\" aria-current=\"page\">";
    }
}
