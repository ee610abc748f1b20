package org.openclaw.agent.runtime.engine;

import org.openclaw.message.Address;
import org.openclaw.message.MessageFilter;
import org.openclaw.message.Subscription;
import org.openclaw.message.Subscription.Receiver;
import org.openclaw.message.Topic;
import org.openclaw.store.Key;
import org.openclaw.store.Kind;

/**
 * A subscription: the value of a NODE entry. How far it is lies beside, as that changes all the time.
 *
 * <pre>
 *   u8 1; u64 number of the topic; u64 created at, microseconds since 1970; text name; text the filter as JSON;
 *   u8 1 one agent: texts type, key; or 2 by an attribute: texts type, attribute; u64 the sequence at which it is through;
 *   text why it has ended, or empty
 * </pre>
 */
record FeedRecord(
        long topic, long createdAt, String name, MessageFilter filter, Receiver to, long until, String ended) {
    private static final int VERSION = 1;
    private static final int ONE = 1;
    private static final int BY_ATTRIBUTE = 2;

    /** Of a new one. */
    static FeedRecord of(TopicLog topic, Subscription subscription, long now, long until) {
        return new FeedRecord(
                topic.number(), now, subscription.name(), subscription.filter(), subscription.to(), until, "");
    }

    static Key key(long number) {
        return new Key(Kind.NODE, NodeEntry.SUBSCRIPTION.code(), number);
    }

    static Key position(long number) {
        return new Key(Kind.NODE, NodeEntry.POSITION.code(), number);
    }

    static byte[] positionBytes(long sequence) {
        return Wire.writer(VERSION, Long.BYTES).u64(sequence).done();
    }

    static long readPosition(byte[] bytes) {
        return new Wire.Reader(bytes, VERSION, "the position of a subscription").u64();
    }

    byte[] bytes() {
        var writer =
                Wire.writer(VERSION, 256).u64(topic).u64(createdAt).text(name).text(filter.json());
        switch (to) {
            case Receiver.One(var agent) -> writer.u8(ONE).text(agent.type()).text(agent.key());
            case Receiver.ByAttribute(var type, var attribute) ->
                writer.u8(BY_ATTRIBUTE).text(type).text(attribute);
        }
        return writer.u64(until).text(ended).done();
    }

    static FeedRecord read(byte[] bytes) {
        var reader = new Wire.Reader(bytes, VERSION, "a subscription");
        return new FeedRecord(
                reader.u64(),
                reader.u64(),
                reader.text(),
                MessageFilter.parse(reader.text()),
                receiver(reader),
                reader.u64(),
                reader.text());
    }

    private static Receiver receiver(Wire.Reader reader) {
        int kind = reader.u8();
        return switch (kind) {
            case ONE -> new Receiver.One(new Address(reader.text(), reader.text()));
            case BY_ATTRIBUTE -> new Receiver.ByAttribute(reader.text(), reader.text());
            default -> throw new IllegalStateException("receiver of kind " + kind + " (expected: 1 or 2)");
        };
    }

    Subscription subscription(Topic of) {
        return new Subscription(of, name, filter, to);
    }
}
