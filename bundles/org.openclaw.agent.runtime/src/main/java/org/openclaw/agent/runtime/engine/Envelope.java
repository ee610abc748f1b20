package org.openclaw.agent.runtime.engine;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.WaitingMessage;
import org.openclaw.message.Address;
import org.openclaw.message.Delivery;
import org.openclaw.message.Message;

/**
 * An accepted message as it waits: the value of an entry of the kind INBOX.
 *
 * <pre>
 *   u8 1; u8 origin; u64 random half of the receipt; u64 accepted at, microseconds since 1970;
 *   u64 number of the timer that brought it, or 0; then the message: id, source, type, time (u64 seconds, u32 nanoseconds), body;
 *   in version 2 behind it who wants the reply: texts type, key; u64 agent, u64 message, u32 ordinal;
 *   in version 3, of one that is not delivered as usual, instead: u8 flags: 1 who wants the reply, 2 a deadline, 4 an expiry,
 *   8 its turn has begun; u8 priority; u64 deadline, u64 expiry (microseconds since 1970), who wants the reply, as the flags say;
 *   in version 4, of one that has attributes or was published, behind the timer: u8 flags: 1, 8 as above, 16 it was published;
 *   then the message and its attributes, or of one that was published u64 topic, u64 sequence, u64 subscription, u32 size; how it
 *   is delivered; who wants the reply
 * </pre>
 *
 * <p>One that was published is stored once, as an entry of the kind TOPIC. What waits is a reference to it.
 *
 * @param origin who has brought it, and so which bound it counts against
 * @param secret the half of its receipt that nobody can guess
 * @param acceptedAt microseconds since 1970
 * @param timer the number of the timer that brought it; 0 when none did
 * @param message the message itself
 * @param asker who wants the reply; null when nobody does but, perhaps, somebody outside
 * @param begun whether a turn for it may have done something outside, or has failed; known of those alone that expire
 * @param reference where the message is stored; null of one that has it itself
 */
record Envelope(
        Origin origin,
        long secret,
        long acceptedAt,
        long timer,
        Message message,
        @Nullable Asker asker,
        boolean begun,
        @Nullable Reference reference) {
    private static final int VERSION = 4;
    private static final int WITHOUT_ATTRIBUTES = 3;
    private static final int WITHOUT_DELIVERY = 2;
    private static final int WITHOUT_ASKER = 1;
    private static final int ASKED = 1;
    private static final int HURRIES = 2;
    private static final int EXPIRES = 4;
    private static final int BEGUN = 8;
    private static final int REFERS = 16;
    private static final int DELIVERY_SIZE = 2 + 2 * Long.BYTES;

    Envelope(Origin origin, long secret, long acceptedAt, long timer, Message message, @Nullable Asker asker) {
        this(origin, secret, acceptedAt, timer, message, asker, false, null);
    }

    /**
     * Where a message is stored that was published.
     *
     * @param topic its number
     * @param sequence in the topic
     * @param subscription the number of the one that has brought it
     * @param size how many bytes its body has
     */
    record Reference(long topic, long sequence, long subscription, int size) {
        private static final int SIZE = 3 * Long.BYTES + Integer.BYTES;
    }

    /** One that was published. */
    static Envelope of(Reference reference, long secret, long acceptedAt, Message message) {
        return new Envelope(Origin.AGENT, secret, acceptedAt, 0, message, null, false, reference);
    }

    /**
     * An agent of the same tenant that wants the reply.
     *
     * @param agent its number
     * @param message the number of the message whose turn waits for it; 0 when the reply is a message of its own
     * @param ordinal of the step of that turn
     */
    record Asker(Address by, long agent, long message, int ordinal) {
        private static final int NUMBERS = 2 * Long.BYTES + Integer.BYTES;

        /** One that wants the reply as a message. */
        static Asker later(Address by, long agent) {
            return new Asker(by, agent, 0, 0);
        }

        /** Whether a turn waits for it. */
        boolean waits() {
            return message != 0;
        }

        private int size() {
            return Wire.size(by.type()) + Wire.size(by.key()) + NUMBERS;
        }
    }

    /** One whose reply no agent wants. */
    static Envelope of(Origin origin, long secret, long acceptedAt, long timer, Message message) {
        return new Envelope(origin, secret, acceptedAt, timer, message, null);
    }

    /** Who has brought a message. */
    enum Origin {
        /** Somebody outside: the bound of the door; duplicates are recognised and its outcome is kept. */
        DOOR(0),
        /** An agent: the reserve. */
        AGENT(1),
        /** The agent's own timer: the reserve. */
        TIMER(2);

        private final int code;

        Origin(int code) {
            this.code = code;
        }

        static Origin of(int code) {
            for (var origin : values()) {
                if (origin.code == code) {
                    return origin;
                }
            }
            throw new IllegalStateException("origin of a message: " + code + " (expected: 0 to 2)");
        }
    }

    Delivery delivery() {
        return message.delivery();
    }

    /** The same once its turn has begun; of the same size in the store. */
    Envelope beginning() {
        return new Envelope(origin, secret, acceptedAt, timer, message, asker, true, reference);
    }

    /** The same with a copy of the message where it was published. */
    Envelope copied() {
        return new Envelope(origin, secret, acceptedAt, timer, message, asker, begun, null);
    }

    byte[] bytes() {
        return reference == null && message.attributes().isEmpty() ? plain() : whole();
    }

    private byte[] whole() {
        var refers = reference;
        var known = asker;
        int content = refers == null ? Wire.size(message) + Wire.size(message.attributes()) : Reference.SIZE;
        var writer = Wire.writer(
                        VERSION, 2 + 3 * Long.BYTES + content + Wire.DELIVERY + (known == null ? 0 : known.size()))
                .u8(origin.code)
                .u64(secret)
                .u64(acceptedAt)
                .u64(timer)
                .u8((known == null ? 0 : ASKED) | (begun ? BEGUN : 0) | (refers == null ? 0 : REFERS));
        if (refers == null) {
            writer.message(message).attributes(message.attributes());
        } else {
            writer.u64(refers.topic)
                    .u64(refers.sequence)
                    .u64(refers.subscription)
                    .u32(refers.size);
        }
        writer.delivery(delivery());
        if (known != null) {
            write(known, writer);
        }
        return writer.done();
    }

    private static void write(Asker asker, Wire.Writer writer) {
        writer.text(asker.by.type())
                .text(asker.by.key())
                .u64(asker.agent)
                .u64(asker.message)
                .u32(asker.ordinal);
    }

    private byte[] plain() {
        var known = asker;
        boolean usual = delivery().equals(Delivery.NORMAL);
        int size = 1 + 3 * Long.BYTES + Wire.size(message) + (known == null ? 0 : known.size());
        int version = !usual ? WITHOUT_ATTRIBUTES : known == null ? WITHOUT_ASKER : WITHOUT_DELIVERY;
        var writer = Wire.writer(version, usual ? size : size + DELIVERY_SIZE)
                .u8(origin.code)
                .u64(secret)
                .u64(acceptedAt)
                .u64(timer)
                .message(message);
        if (!usual) {
            write(delivery(), writer);
        }
        if (known != null) {
            write(known, writer);
        }
        return writer.done();
    }

    private void write(Delivery delivery, Wire.Writer writer) {
        var deadline = delivery.deadline();
        var expires = delivery.expires();
        writer.u8((asker == null ? 0 : ASKED)
                        | (deadline.isPresent() ? HURRIES : 0)
                        | (expires.isPresent() ? EXPIRES : 0)
                        | (begun ? BEGUN : 0))
                .u8(delivery.priority());
        deadline.ifPresent(time -> writer.u64(Micros.of(time)));
        expires.ifPresent(time -> writer.u64(Micros.of(time)));
    }

    /** One that has its message itself. */
    static Envelope read(byte[] bytes) {
        return read(bytes, refers -> {
                    throw new IllegalStateException("a message refers to publication " + refers.sequence + " of topic "
                            + refers.topic + " (expected: a copy of it)");
                })
                .orElseThrow();
    }

    /**
     * Empty when what it refers to is not there.
     *
     * @param publications finds a message that was published
     */
    static Optional<Envelope> read(byte[] bytes, Function<Reference, Optional<Message>> publications) {
        var reader = reader(bytes);
        var origin = Origin.of(reader.u8());
        long secret = reader.u64();
        long acceptedAt = reader.u64();
        long timer = reader.u64();
        if (reader.version() > WITHOUT_ATTRIBUTES) {
            int flags = reader.u8();
            var reference = (flags & REFERS) == 0 ? null : reference(reader);
            var message = reference == null
                    ? Optional.of(reader.message().with(reader.attributes()))
                    : publications.apply(reference);
            var delivery = reader.delivery();
            var asker = (flags & ASKED) == 0 ? null : asker(reader);
            return message.map(found -> new Envelope(
                    origin, secret, acceptedAt, timer, found.with(delivery), asker, (flags & BEGUN) != 0, reference));
        }
        var message = reader.message();
        boolean usual = reader.version() <= WITHOUT_DELIVERY;
        int flags = usual ? (reader.version() == WITHOUT_ASKER ? 0 : ASKED) : reader.u8();
        return Optional.of(new Envelope(
                origin,
                secret,
                acceptedAt,
                timer,
                usual ? message : message.with(delivery(reader, flags)),
                (flags & ASKED) == 0 ? null : asker(reader),
                (flags & BEGUN) != 0,
                null));
    }

    private static Wire.Reader reader(byte[] bytes) {
        return new Wire.Reader(bytes, VERSION, "a waiting message");
    }

    private static Reference reference(Wire.Reader reader) {
        return new Reference(reader.u64(), reader.u64(), reader.u64(), reader.u32());
    }

    /**
     * What is said of a message without looking at what was published.
     *
     * @param patience see {@link Urgency}
     * @param reference null of one that has its message itself
     */
    record Glance(long acceptedAt, int patience, @Nullable Reference reference) {}

    static Glance glance(byte[] bytes) {
        var reader = reader(bytes);
        if (reader.version() > WITHOUT_ATTRIBUTES) {
            Origin.of(reader.u8());
            reader.u64();
            long acceptedAt = reader.u64();
            reader.u64();
            if ((reader.u8() & REFERS) != 0) {
                var reference = reference(reader);
                return new Glance(acceptedAt, Urgency.patience(reader.delivery(), acceptedAt), reference);
            }
        }
        var whole = read(bytes);
        return new Glance(whole.acceptedAt, whole.patience(), null);
    }

    private static Delivery delivery(Wire.Reader reader, int flags) {
        return new Delivery(reader.u8(), time(reader, flags & HURRIES), time(reader, flags & EXPIRES));
    }

    private static Optional<Instant> time(Wire.Reader reader, int flag) {
        return flag == 0 ? Optional.empty() : Optional.of(Micros.instant(reader.u64()));
    }

    private static Asker asker(Wire.Reader reader) {
        return new Asker(new Address(reader.text(), reader.text()), reader.u64(), reader.u64(), reader.u32());
    }

    /**
     * The number of such a message: of two the later is greater. Its last bit says which bound it counts against, the one before
     * whether it has another patience than usual or is a reference, so that this is known without a look at the message. Numbers of earlier releases
     * were {@code 2 * next} and the last bit: less than all of this one, and the other bit of them says nothing.
     */
    long number(long next) {
        return 4 * next + (patience() == Urgency.USUAL && reference == null ? 0 : 2) + (origin == Origin.DOOR ? 0 : 1);
    }

    /** See {@link Urgency}. */
    int patience() {
        return Urgency.patience(delivery(), acceptedAt);
    }

    /** Whether a message of this number may have another patience than usual, or be a reference. */
    static boolean mayDiffer(long number) {
        return (number & 2) != 0;
    }

    /** Less than it are the numbers of all messages that were given a number before this. */
    static long least(long next) {
        return 4 * next;
    }

    /** Which bound a message of this number counts against. */
    static Origin origin(long number) {
        return number % 2 == 0 ? Origin.DOOR : Origin.AGENT;
    }

    /** The size of its body. */
    int size() {
        return message.body().size();
    }

    Instant accepted() {
        return Micros.instant(acceptedAt);
    }

    /** The message as seen from outside, with its body as far as there is room for it. */
    WaitingMessage view(long agent, long number, Budget bodies) {
        return new WaitingMessage(
                new Ticket(agent, number, secret).id(),
                message.type(),
                message.source(),
                accepted(),
                size(),
                Optional.of(message.body()).filter(body -> bodies.take(1, body.size())),
                delivery());
    }
}
