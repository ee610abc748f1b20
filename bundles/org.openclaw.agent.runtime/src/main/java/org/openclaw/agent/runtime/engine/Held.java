package org.openclaw.agent.runtime.engine;

/**
 * What keeps an agent from going on by itself, across restarts: the value of an entry of the kind HELD, which only agents have
 * that are held. They stay in memory.
 *
 * <pre>
 *   u8 1; u8 flags: 1 suspended, 2 draining, 4 quarantined; text why it is quarantined
 * </pre>
 *
 * @param suspended by an operator
 * @param draining it is being retired
 * @param quarantined its message at the head has failed too often
 * @param why it is quarantined; empty otherwise
 */
record Held(boolean suspended, boolean draining, boolean quarantined, String why) {
    private static final int VERSION = 1;

    /** Nothing holds it. */
    static final Held FREE = new Held(false, false, false, "");

    byte[] bytes() {
        return Wire.writer(VERSION, 0)
                .u8((suspended ? 1 : 0) | (draining ? 2 : 0) | (quarantined ? 4 : 0))
                .text(why)
                .done();
    }

    static Held read(byte[] bytes) {
        var reader = new Wire.Reader(bytes, VERSION, "what holds an agent");
        int flags = reader.u8();
        return new Held((flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0, reader.text());
    }

    Held suspend(boolean now) {
        return new Held(now, draining, quarantined, why);
    }

    Held drain() {
        return new Held(suspended, true, quarantined, why);
    }

    Held quarantine(String because) {
        return new Held(suspended, draining, true, because);
    }

    Held release() {
        return new Held(suspended, draining, false, "");
    }
}
