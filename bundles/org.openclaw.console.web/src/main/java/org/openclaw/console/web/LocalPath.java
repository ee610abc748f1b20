package org.openclaw.console.web;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in the console to go to after the login. Never one elsewhere, and never with a query: following it must not
 * do anything.
 *
 * @param value a path that begins with {@link #ROOT}
 */
record LocalPath(String value) {
    static final String ROOT = "/system/console";
    static final LocalPath LOGIN = new LocalPath(ROOT + "/login");
    static final LocalPath HOME = new LocalPath(ROOT + "/bundles");

    private static final Pattern SHAPE = Pattern.compile("/[A-Za-z0-9._~%:@-]+(/[A-Za-z0-9._~%:@-]+)*");

    /** The place that was asked for within the console, such as {@code /bundles/7}, or the start page. */
    static LocalPath within(@Nullable String path) {
        if (path == null
                || !SHAPE.matcher(path).matches()
                || path.contains("..")
                || path.startsWith("/login")
                || path.startsWith("/logout")
                || path.startsWith("/res")) {
            return HOME;
        }
        return new LocalPath(ROOT + path);
    }

    /** Reads what {@link #toString()} wrote, from a form that anybody may have filled in. */
    static LocalPath parse(@Nullable String text) {
        return text != null && text.startsWith(ROOT) ? within(text.substring(ROOT.length())) : HOME;
    }

    @Override
    public String toString() {
        return value;
    }
}
