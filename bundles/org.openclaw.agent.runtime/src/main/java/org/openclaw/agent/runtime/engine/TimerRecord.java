package org.openclaw.agent.runtime.engine;

import org.openclaw.message.Address;
import org.openclaw.message.Body;
import org.openclaw.message.Tenant;
import org.openclaw.store.AgentName;

/**
 * A timer that is set: the value of an entry of the kind TIMER.
 *
 * <pre>
 *   u8 1; u64 agent; texts tenant, agent type, agent key; text type of the message; its body
 *   u8 3; the same for one that fires again
 *   u8 2; u64 agent; texts tenant, agent type, agent key; u64 message, u32 ordinal of what its turn waits for
 * </pre>
 */
record TimerRecord(long agent, AgentName of, What what) {
    private static final int REMINDS = 1;
    private static final int ENDS = 2;
    private static final int REMINDS_AGAIN = 3;

    /** What happens when it fires. */
    sealed interface What {
        /**
         * The agent gets a message.
         *
         * @param again whether it has a schedule, which the agent's record says
         */
        record Remind(String type, Body body, boolean again) implements What {}

        /** A turn of the agent waits no longer. */
        record End(long message, int ordinal) implements What {}
    }

    byte[] bytes() {
        return switch (what) {
            case What.Remind(var type, var body, boolean again) ->
                named(Wire.writer(again ? REMINDS_AGAIN : REMINDS, 256 + body.size()))
                        .text(type)
                        .body(body)
                        .done();
            case What.End(long message, int ordinal) ->
                named(Wire.writer(ENDS, 256)).u64(message).u32(ordinal).done();
        };
    }

    private Wire.Writer named(Wire.Writer writer) {
        return writer.u64(agent)
                .text(of.tenant().name())
                .text(of.address().type())
                .text(of.address().key());
    }

    static TimerRecord read(byte[] bytes) {
        var reader = new Wire.Reader(bytes, REMINDS_AGAIN, "a timer");
        return new TimerRecord(
                reader.u64(),
                new AgentName(new Tenant(reader.text()), new Address(reader.text(), reader.text())),
                switch (reader.version()) {
                    case ENDS -> new What.End(reader.u64(), reader.u32());
                    default -> new What.Remind(reader.text(), reader.body(), reader.version() == REMINDS_AGAIN);
                });
    }
}
