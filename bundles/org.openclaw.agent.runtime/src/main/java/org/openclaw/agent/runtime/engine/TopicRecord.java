package org.openclaw.agent.runtime.engine;

import org.openclaw.message.Tenant;
import org.openclaw.message.Topic;
import org.openclaw.store.Key;
import org.openclaw.store.Kind;

/**
 * A topic: the value of a NODE entry.
 *
 * <pre>
 *   u8 1; texts tenant, name; u64 created at, microseconds since 1970; u64 the sequence up to which nothing is retained,
 *   u64 when the last of those was accepted
 * </pre>
 */
record TopicRecord(Tenant tenant, Topic topic, long createdAt, long forgotten, long forgottenAt) {
    private static final int VERSION = 1;

    static Key key(long number) {
        return new Key(Kind.NODE, NodeEntry.TOPIC.code(), number);
    }

    byte[] bytes() {
        return Wire.writer(VERSION, 3 * Long.BYTES + Wire.size(tenant.name()) + Wire.size(topic.name()))
                .text(tenant.name())
                .text(topic.name())
                .u64(createdAt)
                .u64(forgotten)
                .u64(forgottenAt)
                .done();
    }

    static TopicRecord read(byte[] bytes) {
        var reader = new Wire.Reader(bytes, VERSION, "a topic");
        return new TopicRecord(
                new Tenant(reader.text()), new Topic(reader.text()), reader.u64(), reader.u64(), reader.u64());
    }
}
