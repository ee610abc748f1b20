package org.openclaw.agent.runtime.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeMap;
import org.openclaw.message.Attributes;
import org.openclaw.message.Body;
import org.openclaw.message.Delivery;
import org.openclaw.message.Message;

/**
 * The form of what the engine keeps in the store: fields one behind the other, without names. Integers are big-endian; texts are
 * UTF-8 behind their length in bytes (u32). The first byte of every value is the version of its form.
 */
final class Wire {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final int LEAST = 64;
    private static final int HURRIES = 1;
    private static final int EXPIRES = 2;
    /** Of a delivery, at most. */
    static final int DELIVERY = 2 + 2 * Long.BYTES;

    private Wire() {}

    /** Writes a value. Not thread-safe. */
    static final class Writer {
        private byte[] bytes;
        private int end;

        /** @param expected how many bytes it will be: then it is not copied */
        Writer(int expected) {
            bytes = new byte[Math.max(LEAST, expected)];
        }

        private int room(int size) {
            int at = end;
            if (at + size > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(at + size, bytes.length * 2));
            }
            end = at + size;
            return at;
        }

        Writer u8(int value) {
            int at = room(1);
            bytes[at] = (byte) value;
            return this;
        }

        Writer u32(int value) {
            int at = room(Integer.BYTES);
            INT.set(bytes, at, value);
            return this;
        }

        Writer u64(long value) {
            int at = room(Long.BYTES);
            LONG.set(bytes, at, value);
            return this;
        }

        Writer text(String text) {
            return bytes(text.getBytes(StandardCharsets.UTF_8));
        }

        Writer bytes(byte[] value) {
            u32(value.length);
            int at = room(value.length);
            System.arraycopy(value, 0, bytes, at, value.length);
            return this;
        }

        Writer body(Body body) {
            boolean json = body.mediaType().equals(Body.JSON);
            u8(json ? 1 : 2);
            if (!json) {
                text(body.mediaType());
            }
            return raw(body);
        }

        /** A body without its media type. */
        Writer raw(Body body) {
            u32(body.size());
            int at = room(body.size());
            body.copyTo(bytes, at);
            return this;
        }

        @SuppressWarnings("JavaInstantGetSecondsGetNano") // both are written
        Writer message(Message message) {
            return text(message.id())
                    .text(message.source())
                    .text(message.type())
                    .u64(message.time().getEpochSecond())
                    .u32(message.time().getNano())
                    .body(message.body());
        }

        /** What a message says beside: whether and what, for each. */
        Writer attributes(Attributes attributes) {
            u8(attributes.subject().isPresent() ? 1 : 0);
            attributes.subject().ifPresent(this::text);
            u32(attributes.extensions().size());
            attributes.extensions().forEach((name, value) -> text(name).text(value));
            return this;
        }

        /** How a message is delivered: which of its times there are, its priority, these times. */
        Writer delivery(Delivery delivery) {
            u8((delivery.deadline().isPresent() ? HURRIES : 0)
                    | (delivery.expires().isPresent() ? EXPIRES : 0));
            u8(delivery.priority());
            delivery.deadline().ifPresent(time -> u64(Micros.of(time)));
            delivery.expires().ifPresent(time -> u64(Micros.of(time)));
            return this;
        }

        /** Gives a digest what was written. */
        void digest(MessageDigest into) {
            into.update(bytes, 0, end);
        }

        byte[] done() {
            return end == bytes.length ? bytes : Arrays.copyOf(bytes, end);
        }
    }

    /** Reads a value; every method throws {@link IllegalStateException} when it is none of ours. Not thread-safe. */
    static final class Reader {
        private final ByteBuffer bytes;
        private final String what;
        private final int found;

        /** @param what what it is, for the text of an error */
        Reader(byte[] bytes, int version, String what) {
            this.bytes = ByteBuffer.wrap(bytes);
            this.what = what;
            found = u8();
            if (found > version) {
                throw new IllegalStateException(what + " has version " + found + " of its form (expected: at most "
                        + version + "). A newer release wrote it: run that one.");
            }
        }

        /** In which version of its form it was written. */
        int version() {
            return found;
        }

        /** Something that reads from the bytes. */
        private interface Reading<T> {
            T read();
        }

        private <T> T guarded(Reading<T> reading) {
            try {
                return reading.read();
            } catch (BufferUnderflowException | IllegalArgumentException broken) {
                throw new IllegalStateException(
                        what + " ends or is broken at offset " + bytes.position()
                                + " although the store says it is whole.",
                        broken);
            }
        }

        int u8() {
            return guarded(() -> Byte.toUnsignedInt(bytes.get()));
        }

        int u32() {
            return guarded(bytes::getInt);
        }

        long u64() {
            return guarded(bytes::getLong);
        }

        byte[] bytes() {
            return guarded(() -> {
                int length = bytes.getInt();
                if (length < 0 || length > bytes.remaining()) {
                    throw new BufferUnderflowException();
                }
                var value = new byte[length];
                bytes.get(value);
                return value;
            });
        }

        String text() {
            return new String(bytes(), StandardCharsets.UTF_8);
        }

        Body body() {
            int form = u8();
            return switch (form) {
                case 1 -> Body.json(bytes());
                case 2 -> guarded(() -> Body.of(text(), bytes()));
                default ->
                    throw new IllegalStateException(what + " has a body of the form " + form
                            + " (expected: 1 or 2). A newer release wrote it: run that one.");
            };
        }

        Attributes attributes() {
            return guarded(() -> {
                var subject = u8() == 0 ? Optional.<String>empty() : Optional.of(text());
                int count = u32();
                var extensions = new TreeMap<String, String>();
                for (int read = 0; read < count; read++) {
                    extensions.put(text(), text());
                }
                return new Attributes(subject, extensions);
            });
        }

        Delivery delivery() {
            return guarded(() -> {
                int times = u8();
                return new Delivery(u8(), time(times & HURRIES), time(times & EXPIRES));
            });
        }

        private Optional<Instant> time(int there) {
            return there == 0 ? Optional.empty() : Optional.of(Micros.instant(u64()));
        }

        Message message() {
            return guarded(() -> new Message(text(), text(), text(), Instant.ofEpochSecond(u64(), u32()), body()));
        }
    }

    /** How many bytes that takes, if its texts are ASCII. */
    static int size(Attributes attributes) {
        return 1
                + Integer.BYTES
                + attributes.subject().map(Wire::size).orElse(0)
                + attributes.extensions().entrySet().stream()
                        .mapToInt(each -> size(each.getKey()) + size(each.getValue()))
                        .sum();
    }

    /** A writer for a value of which the rest has so many bytes. */
    static Writer writer(int version, int expected) {
        return new Writer(1 + expected).u8(version);
    }

    /** How many bytes a text takes, if it is ASCII. */
    static int size(String text) {
        return Integer.BYTES + text.length();
    }

    /** How many bytes a JSON body takes. */
    static int size(Body body) {
        return 1 + Integer.BYTES + body.size();
    }

    /** How many bytes a message takes, if its texts are ASCII. */
    static int size(Message message) {
        return size(message.id())
                + size(message.source())
                + size(message.type())
                + Long.BYTES
                + Integer.BYTES
                + size(message.body());
    }
}
