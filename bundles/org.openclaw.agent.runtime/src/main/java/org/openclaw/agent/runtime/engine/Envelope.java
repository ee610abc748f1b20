package org.openclaw.agent.runtime.engine;

import java.time.Instant;
import java.util.Optional;
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
 *   8 its turn has begun; u8 priority; u64 deadline, u64 expiry (microseconds since 1970), who wants the reply, as the flags say
 * </pre>
 *
 * @param origin who has brought it, and so which bound it counts against
 * @param secret the half of its receipt that nobody can guess
 * @param acceptedAt microseconds since 1970
 * @param timer the number of the timer that brought it; 0 when none did
 * @param message the message itself
 * @param asker who wants the reply; null when nobody does but, perhaps, somebody outside
 * @param begun whether a turn for it may have done something outside, or has failed; known of those alone that expire
 */
record Envelope(
        Origin origin,
        long secret,
        long acceptedAt,
        long timer,
        Message message,
        @Nullable Asker asker,
        boolean begun) {
    private static final int VERSION = 3;
    private static final int WITHOUT_DELIVERY = 2;
    private static final int WITHOUT_ASKER = 1;
    private static final int ASKED = 1;
    private static final int HURRIES = 2;
    private static final int EXPIRES = 4;
    private static final int BEGUN = 8;
    private static final int DELIVERY_SIZE = 2 + 2 * Long.BYTES;

    Envelope(Origin origin, long secret, long acceptedAt, long timer, Message message, @Nullable Asker asker) {
        this(origin, secret, acceptedAt, timer, message, asker, false);
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
        return new Envelope(origin, secret, acceptedAt, timer, message, asker, true);
    }

    byte[] bytes() {
        var known = asker;
        boolean usual = delivery().equals(Delivery.NORMAL);
        int size = 1 + 3 * Long.BYTES + Wire.size(message) + (known == null ? 0 : known.size());
        int version = !usual ? VERSION : known == null ? WITHOUT_ASKER : WITHOUT_DELIVERY;
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
            writer.text(known.by.type())
                    .text(known.by.key())
                    .u64(known.agent)
                    .u64(known.message)
                    .u32(known.ordinal);
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

    static Envelope read(byte[] bytes) {
        var reader = new Wire.Reader(bytes, VERSION, "a waiting message");
        var origin = Origin.of(reader.u8());
        long secret = reader.u64();
        long acceptedAt = reader.u64();
        long timer = reader.u64();
        var message = reader.message();
        boolean usual = reader.version() <= WITHOUT_DELIVERY;
        int flags = usual ? (reader.version() == WITHOUT_ASKER ? 0 : ASKED) : reader.u8();
        return new Envelope(
                origin,
                secret,
                acceptedAt,
                timer,
                usual ? message : message.with(delivery(reader, flags)),
                (flags & ASKED) == 0 ? null : asker(reader),
                (flags & BEGUN) != 0);
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
     * whether it has another patience than usual, so that this is known without a look at the message. Numbers of earlier releases
     * were {@code 2 * next} and the last bit: less than all of this one, and the other bit of them says nothing.
     */
    long number(long next) {
        return 4 * next + (patience() == Urgency.USUAL ? 0 : 2) + (origin == Origin.DOOR ? 0 : 1);
    }

    /** See {@link Urgency}. */
    int patience() {
        return Urgency.patience(delivery(), acceptedAt);
    }

    /** Whether a message of this number may have another patience than usual. */
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
