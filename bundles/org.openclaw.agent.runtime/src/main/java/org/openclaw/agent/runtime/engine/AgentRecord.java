package org.openclaw.agent.runtime.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openclaw.message.Address;
import org.openclaw.message.Body;
import org.openclaw.message.Tenant;
import org.openclaw.store.AgentName;

/**
 * What is known of an agent, and its state: the value of an entry of the kind AGENT. Immutable; each turn makes the next one.
 *
 * <pre>
 *   u8 1, 2 or 3; texts tenant, type, key; u64 created at; u64 last turn ended at (both microseconds since 1970);
 *   u64 turns; u64 failures; u64 retry at; in version 3 u32 how often the message failed; u32 of these told, each u64 at,
 *   texts version, code, cause; u32 timers, each text name, u64 number, u64 due (milliseconds since 1970), text type, from
 *   version 2 on text schedule and u64 message; u8 has a state; the state
 * </pre>
 *
 * @param createdAt microseconds since 1970
 * @param lastTurnAt when its last turn ended; {@link Micros#NEVER} before the first
 * @param turns how many it has committed
 * @param failures how many failed
 * @param retryAt when the message at the head of its inbox is tried again; {@link Micros#NEVER} when it was not tried yet
 * @param attempts how that message has failed so far, the first and the last times
 * @param timers that are set; one that has fired stays until the turn for it is committed
 * @param state empty before the first turn
 */
record AgentRecord(
        AgentName name,
        long createdAt,
        long lastTurnAt,
        long turns,
        long failures,
        long retryAt,
        Failures attempts,
        List<Timer> timers,
        @Nullable Body state) {
    private static final int WITHOUT_SCHEDULES = 1;
    private static final int WITHOUT_OMITTED = 2;
    private static final int VERSION = 3;

    /**
     * A timer that is set.
     *
     * @param number never used again in this store
     * @param due milliseconds since 1970
     * @param type the CloudEvents type of its message
     * @param schedule the text of its {@link Recurrence}; empty when it fires once
     * @param message the number of the message that it has brought last; 0 when it has brought none
     */
    record Timer(String name, long number, long due, String type, String schedule, long message) {
        /** The same at its next time. */
        Timer again(long nextNumber, long nextDue, long brought) {
            return new Timer(name, nextNumber, nextDue, type, schedule, brought);
        }
    }

    static AgentRecord created(AgentName name, long now) {
        return new AgentRecord(name, now, Micros.NEVER, 0, 0, Micros.NEVER, Failures.NONE, List.of(), null);
    }

    /** How many bytes it takes in the store, without attempts and timers. */
    private int size() {
        return Wire.size(name.tenant().name())
                + Wire.size(name.address().type())
                + Wire.size(name.address().key())
                + 5 * Long.BYTES
                + 2 * Integer.BYTES
                + (state == null ? 1 : 1 + Wire.size(state));
    }

    byte[] bytes() {
        var held = state;
        int version = version();
        var writer = Wire.writer(version, size())
                .text(name.tenant().name())
                .text(name.address().type())
                .text(name.address().key())
                .u64(createdAt)
                .u64(lastTurnAt)
                .u64(turns)
                .u64(failures)
                .u64(retryAt);
        attempts.write(writer);
        writer.u32(timers.size());
        for (var timer : timers) {
            writer.text(timer.name).u64(timer.number).u64(timer.due).text(timer.type);
            if (version > WITHOUT_SCHEDULES) {
                writer.text(timer.schedule).u64(timer.message);
            }
        }
        writer.u8(held == null ? 0 : 1);
        return (held == null ? writer : writer.body(held)).done();
    }

    /** The oldest format that holds it. */
    private int version() {
        if (attempts.hasOmitted()) {
            return VERSION;
        }
        boolean scheduled = timers.stream().anyMatch(timer -> !timer.schedule.isEmpty());
        return scheduled ? WITHOUT_OMITTED : WITHOUT_SCHEDULES;
    }

    static AgentRecord read(byte[] bytes) {
        var reader = new Wire.Reader(bytes, VERSION, "an agent");
        return new AgentRecord(
                new AgentName(new Tenant(reader.text()), new Address(reader.text(), reader.text())),
                reader.u64(),
                reader.u64(),
                reader.u64(),
                reader.u64(),
                reader.u64(),
                Failures.read(reader, reader.version() > WITHOUT_OMITTED),
                timers(reader),
                reader.u8() == 0 ? null : reader.body());
    }

    /** The same record with an equal name that is in memory already. */
    AgentRecord named(AgentName known) {
        return new AgentRecord(known, createdAt, lastTurnAt, turns, failures, retryAt, attempts, timers, state);
    }

    private static List<Timer> timers(Wire.Reader reader) {
        int count = reader.u32();
        var timers = new ArrayList<Timer>();
        for (int read = 0; read < count; read++) {
            boolean scheduled = reader.version() > WITHOUT_SCHEDULES;
            timers.add(new Timer(
                    reader.text(),
                    reader.u64(),
                    reader.u64(),
                    reader.text(),
                    scheduled ? reader.text() : "",
                    scheduled ? reader.u64() : 0));
        }
        return List.copyOf(timers);
    }

    /** After a turn that was committed. */
    AgentRecord turned(Body next, List<Timer> nextTimers, long now) {
        return new AgentRecord(
                name, createdAt, now, turns + 1, failures, Micros.NEVER, Failures.NONE, nextTimers, next);
    }

    /** After a message that changed nothing: a query in the inbox, or one that was taken out. */
    AgentRecord passed(long now) {
        return new AgentRecord(name, createdAt, now, turns, failures, Micros.NEVER, Failures.NONE, timers, state);
    }

    /** After a turn that failed and will be tried again. */
    AgentRecord failed(Attempt attempt, long nextTry) {
        return new AgentRecord(
                name, createdAt, attempt.at(), turns, failures + 1, nextTry, attempts.and(attempt), timers, state);
    }

    /** After a turn that failed for the last time. */
    AgentRecord givenUp(long now) {
        return new AgentRecord(name, createdAt, now, turns, failures + 1, Micros.NEVER, Failures.NONE, timers, state);
    }

    /** With the head of its inbox untried. */
    AgentRecord untried() {
        return new AgentRecord(
                name, createdAt, lastTurnAt, turns, failures, Micros.NEVER, Failures.NONE, timers, state);
    }

    /** With other timers. */
    AgentRecord with(List<Timer> others) {
        return new AgentRecord(
                name, createdAt, lastTurnAt, turns, failures, retryAt, attempts, List.copyOf(others), state);
    }

    /** Without timers. */
    AgentRecord silenced() {
        return new AgentRecord(name, createdAt, lastTurnAt, turns, failures, retryAt, attempts, List.of(), state);
    }
}
