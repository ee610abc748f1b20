package org.openclaw.console.web;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in the console to go to after the login. Never one elsewhere, and with a query only where that is one of our
 * own tabs, whose queries say what is looked at: following it must not do anything.
 *
 * @param value a path that begins with {@link #ROOT}
 */
record LocalPath(String value) {
    static final String ROOT = "/system/console";
    static final LocalPath LOGIN = new LocalPath(ROOT + "/login");
    static final LocalPath HOME = new LocalPath(ROOT + "/" + OverviewTab.LABEL);

    /** The labels of our own tabs. */
    static final Set<String> OWN = Set.of(
            OverviewTab.LABEL,
            AgentsTab.LABEL,
            CapabilitiesTab.LABEL,
            DeadLettersTab.LABEL,
            TopicsTab.LABEL,
            DeploymentsTab.LABEL);

    private static final Pattern VIEW = Pattern.compile("[A-Za-z0-9._~%:@/,=&+*-]{1,1000}");
    private static final Pattern SHAPE = Pattern.compile("/[A-Za-z0-9._~%:@-]+(/[A-Za-z0-9._~%:@-]+)*");

    /**
     * The place that was asked for within the console, or the start page.
     *
     * @param path such as {@code /bundles/7}
     * @param query such as {@code type=triage}
     */
    static LocalPath within(@Nullable String path, @Nullable String query) {
        if (path == null
                || !SHAPE.matcher(path).matches()
                || path.contains("..")
                || path.startsWith("/login")
                || path.startsWith("/logout")
                || path.startsWith("/res")) {
            return HOME;
        }
        boolean view = query != null
                && OWN.contains(path.substring(1))
                && VIEW.matcher(query).matches();
        return new LocalPath(ROOT + path + (view ? "?" + query : ""));
    }

    /** Reads what {@link #toString()} wrote, from a form that anybody may have filled in. */
    static LocalPath parse(@Nullable String text) {
        if (text == null || !text.startsWith(ROOT)) {
            return HOME;
        }
        var parts = text.substring(ROOT.length()).split("\\?", 2);
        return within(parts[0], parts.length == 2 ? parts[1] : null);
    }

    /** The place as the value of a parameter. */
    String encoded() {
        return value.replace("%", "%25").replace("&", "%26").replace("+", "%2B");
    }

    @Override
    public String toString() {
        return value;
    }
}
