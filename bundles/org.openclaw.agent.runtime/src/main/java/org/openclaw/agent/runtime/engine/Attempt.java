package org.openclaw.agent.runtime.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * A turn that failed.
 *
 * @param at when, in microseconds since 1970
 * @param version the version of the type that ran it
 * @param code a stable code
 * @param cause what happened, for people
 */
record Attempt(long at, String version, String code, String cause) {
    static void write(List<Attempt> attempts, Wire.Writer into) {
        into.u32(attempts.size());
        attempts.forEach(
                each -> into.u64(each.at).text(each.version).text(each.code).text(each.cause));
    }

    static List<Attempt> read(Wire.Reader from) {
        int count = from.u32();
        var attempts = new ArrayList<Attempt>();
        for (int read = 0; read < count; read++) {
            attempts.add(new Attempt(from.u64(), from.text(), from.text(), from.text()));
        }
        return List.copyOf(attempts);
    }
}
