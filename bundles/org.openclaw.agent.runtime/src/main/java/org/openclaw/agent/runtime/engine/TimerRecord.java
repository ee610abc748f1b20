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
 * </pre>
 */
record TimerRecord(long agent, AgentName of, String type, Body body) {
    private static final int VERSION = 1;

    byte[] bytes() {
        return Wire.writer(VERSION, 256 + body.size())
                .u64(agent)
                .text(of.tenant().name())
                .text(of.address().type())
                .text(of.address().key())
                .text(type)
                .body(body)
                .done();
    }

    static TimerRecord read(byte[] bytes) {
        var reader = new Wire.Reader(bytes, VERSION, "a timer");
        return new TimerRecord(
                reader.u64(),
                new AgentName(new Tenant(reader.text()), new Address(reader.text(), reader.text())),
                reader.text(),
                reader.body());
    }
}
