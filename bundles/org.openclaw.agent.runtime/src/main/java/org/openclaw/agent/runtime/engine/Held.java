package org.openclaw.agent.runtime.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openclaw.message.Address;

/**
 * What keeps an agent from going on by itself, across restarts: the value of an entry of the kind HELD, which only agents have
 * that are held. They stay in memory.
 *
 * <pre>
 *   u8 2; u8 flags: 1 suspended, 2 draining, 4 quarantined, 8 its turn is suspended; text why it is quarantined;
 *   with flag 8: u64 message, u64 since (microseconds since 1970), u32 waits, each u32 ordinal, u8 whether somebody is asked:
 *   texts type, key
 * </pre>
 *
 * @param suspended by an operator
 * @param draining it is being retired
 * @param quarantined its message at the head has failed too often
 * @param why it is quarantined; empty otherwise
 * @param awaited what the turn for the message at its head waits for; null when that is not suspended
 */
record Held(
        boolean suspended,
        boolean draining,
        boolean quarantined,
        String why,
        @Nullable Awaited awaited) {
    private static final int VERSION = 2;

    /** Nothing holds it. */
    static final Held FREE = new Held(false, false, false, "", null);

    /**
     * What a suspended turn waits for.
     *
     * @param message its number
     * @param since microseconds since 1970
     * @param waits those that nobody has answered; in the store also those that somebody has
     */
    record Awaited(long message, long since, List<Wait> waits) {
        Awaited {
            waits = List.copyOf(waits);
        }

        /** One of them is over. */
        Awaited without(int ordinal) {
            return new Awaited(
                    message,
                    since,
                    waits.stream().filter(wait -> wait.ordinal != ordinal).toList());
        }
    }

    /**
     * One thing that a turn waits for.
     *
     * @param ordinal of its step
     * @param asked who is asked; null for a signal
     */
    record Wait(int ordinal, @Nullable Address asked) {}

    byte[] bytes() {
        var writer = Wire.writer(VERSION, 0)
                .u8((suspended ? 1 : 0) | (draining ? 2 : 0) | (quarantined ? 4 : 0) | (awaited == null ? 0 : 8))
                .text(why);
        var waiting = awaited;
        if (waiting != null) {
            writer.u64(waiting.message).u64(waiting.since).u32(waiting.waits.size());
            for (var wait : waiting.waits) {
                var asked = wait.asked;
                writer.u32(wait.ordinal).u8(asked == null ? 0 : 1);
                if (asked != null) {
                    writer.text(asked.type()).text(asked.key());
                }
            }
        }
        return writer.done();
    }

    static Held read(byte[] bytes) {
        var reader = new Wire.Reader(bytes, VERSION, "what holds an agent");
        int flags = reader.u8();
        return new Held(
                (flags & 1) != 0,
                (flags & 2) != 0,
                (flags & 4) != 0,
                reader.text(),
                (flags & 8) == 0 ? null : awaited(reader));
    }

    private static Awaited awaited(Wire.Reader reader) {
        long message = reader.u64();
        long since = reader.u64();
        int count = reader.u32();
        var waits = new ArrayList<Wait>();
        for (int read = 0; read < count; read++) {
            waits.add(new Wait(reader.u32(), reader.u8() == 0 ? null : new Address(reader.text(), reader.text())));
        }
        return new Awaited(message, since, waits);
    }

    Held suspend(boolean now) {
        return new Held(now, draining, quarantined, why, awaited);
    }

    Held drain() {
        return new Held(suspended, true, quarantined, why, awaited);
    }

    Held quarantine(String because) {
        return new Held(suspended, draining, true, because, awaited);
    }

    Held release() {
        return new Held(suspended, draining, false, "", awaited);
    }

    /** Its turn is suspended, or (null) goes on. */
    Held awaiting(@Nullable Awaited what) {
        return new Held(suspended, draining, quarantined, why, what);
    }
}
