package org.openclaw.console.web;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * A POST of the console's own tabs that an administrator may send.
 *
 * @param path which paths it may go to, within the console
 * @param parameter which parameter says what is done
 * @param values what may be done; any number of other parameters may come along. Empty: whatever that tab does
 */
record Change(Pattern path, String parameter, Set<String> values) {
    Change {
        values = Set.copyOf(values);
    }

    /** Whatever the tab does at this path. */
    static Change anyAt(String path) {
        return new Change(Pattern.compile(path), "", Set.of());
    }

    static Change of(String path, String parameter, String... values) {
        return new Change(Pattern.compile(path), parameter, Set.of(values));
    }

    boolean covers(ConsoleRequest request) {
        return path.matcher(request.path()).matches() && (values.isEmpty() || request.says(parameter, values));
    }
}
