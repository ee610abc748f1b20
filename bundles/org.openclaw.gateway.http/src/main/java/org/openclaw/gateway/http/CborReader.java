package org.openclaw.gateway.http;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads the part of CBOR (RFC 8949) that is JSON in another dress, strictly: one value, text in valid UTF-8, no key that is no text, no
 * key twice, no byte strings, no NaN, nothing undefined, bounded in depth. Jackson's own reader is not strict enough for a door: it takes
 * numbers as keys, overlong UTF-8, undefined as null, and loses tags. Of tags it knows the numbers that JSON has and CBOR has not
 * otherwise: large ones (2, 3) and decimal fractions (4); and the one that says that it is CBOR (55799). For one body, on one thread.
 */
final class CborReader {
    static final String MEDIA_TYPE = "application/cbor";

    private static final int LONGEST_NAME = 1024;
    private static final int LONGEST_NUMBER = 166;
    private static final BigInteger LARGEST_EXPONENT = BigInteger.valueOf(10_000);
    private static final int INDEFINITE = 31;
    private static final int BREAK = 0xff;
    private static final long SELF_DESCRIBED = 55799;

    private final byte[] bytes;
    private final int maxDepth;
    private final long most;
    /** How long it is as JSON at least, as far as it has been read. */
    private long length;

    private int at;

    private CborReader(byte[] bytes, int maxDepth, long most) {
        this.bytes = bytes;
        this.maxDepth = maxDepth;
        this.most = most;
    }

    /**
     * The one value of a body.
     *
     * @param most bytes that it may be long as JSON: it is given up once it is clear that it is longer
     */
    static JsonNode read(byte[] bytes, int maxDepth, long most) throws Rejection {
        var reader = new CborReader(bytes, maxDepth, most);
        var value = reader.value(1, true);
        if (reader.at < bytes.length) {
            throw malformed("there is something behind the value");
        }
        return value;
    }

    private JsonNode value(int depth, boolean first) throws Rejection {
        int head = octet();
        int info = head & 0x1f;
        var nodes = JsonNodeFactory.instance;
        take(2); // a digit and a comma, or two brackets
        return switch (head >> 5) {
            case 0 -> integer(argument(info));
            case 1 -> integer(argument(info).not());
            case 2 -> throw unlike("a byte string (expected: text, such as base64)");
            case 3 -> nodes.stringNode(text(info));
            case 4 -> array(info, deeper(depth));
            case 5 -> object(info, deeper(depth));
            case 6 -> tagged(argument(info), depth, first);
            default -> simple(info);
        };
    }

    private void take(int more) throws Rejection {
        length += more;
        if (length > most) {
            throw DataReader.tooLong(most);
        }
    }

    private int deeper(int depth) throws Rejection {
        if (depth > maxDepth) {
            throw malformed("it is nested deeper than " + maxDepth);
        }
        return depth + 1;
    }

    private static JsonNode integer(BigInteger value) {
        return value.bitLength() < Long.SIZE
                ? JsonNodeFactory.instance.numberNode(value.longValue())
                : JsonNodeFactory.instance.numberNode(value);
    }

    private JsonNode array(int info, int depth) throws Rejection {
        var array = JsonNodeFactory.instance.arrayNode();
        if (info == INDEFINITE) {
            while (!isBreak()) {
                array.add(value(depth, false));
            }
            return array;
        }
        // grows with what comes, not with what is announced
        for (int left = length(info); left > 0; left--) {
            array.add(value(depth, false));
        }
        return array;
    }

    private JsonNode object(int info, int depth) throws Rejection {
        var object = Json.object();
        int left = info == INDEFINITE ? -1 : length(info);
        while (left < 0 ? !isBreak() : left-- > 0) {
            int head = octet();
            if (head >> 5 != 3) {
                throw unlike("a key that is no text");
            }
            var name = text(head & 0x1f);
            if (name.length() > LONGEST_NAME) {
                throw malformed("a key is longer than " + LONGEST_NAME);
            }
            if (object.has(name)) {
                throw malformed("a key comes twice");
            }
            object.set(name, value(depth, false));
        }
        return object;
    }

    private JsonNode tagged(BigInteger tag, int depth, boolean first) throws Rejection {
        if (first && tag.equals(BigInteger.valueOf(SELF_DESCRIBED))) {
            return value(depth, false);
        }
        return switch (tag.bitLength() < Integer.SIZE ? tag.intValue() : -1) {
            case 2 -> integer(magnitude());
            case 3 -> integer(magnitude().not());
            case 4 -> fraction();
            default -> throw unlike("the tag " + tag);
        };
    }

    private BigInteger magnitude() throws Rejection {
        int head = octet();
        if (head >> 5 != 2 || (head & 0x1f) == INDEFINITE) {
            throw malformed("a large number has no bytes");
        }
        int length = length(head & 0x1f);
        if (length > LONGEST_NUMBER) {
            throw malformed("a number is longer than " + LONGEST_NUMBER + " bytes");
        }
        at += length;
        return new BigInteger(1, bytes, at - length, length);
    }

    /** An array of an exponent of ten and what is multiplied by it. */
    private JsonNode fraction() throws Rejection {
        if (octet() != 0x82) {
            throw malformed("a decimal fraction is no array of two");
        }
        var exponent = whole();
        var mantissa = whole();
        if (exponent.abs().compareTo(LARGEST_EXPONENT) > 0) {
            throw malformed("the exponent of a decimal fraction is larger than " + LARGEST_EXPONENT);
        }
        return JsonNodeFactory.instance.numberNode(new BigDecimal(mantissa, -exponent.intValue()));
    }

    private BigInteger whole() throws Rejection {
        int head = octet();
        return switch (head) {
            case 0xc2 -> magnitude();
            case 0xc3 -> magnitude().not();
            default -> {
                if (head >> 5 > 1) {
                    throw malformed("a decimal fraction is not made of whole numbers");
                }
                var argument = argument(head & 0x1f);
                yield head >> 5 == 0 ? argument : argument.not();
            }
        };
    }

    private JsonNode simple(int info) throws Rejection {
        var nodes = JsonNodeFactory.instance;
        return switch (info) {
            case 20 -> nodes.booleanNode(false);
            case 21 -> nodes.booleanNode(true);
            case 22 -> nodes.nullNode();
            case 23 -> throw unlike("undefined");
            case 25 -> number(Float.float16ToFloat((short) bits(2)));
            case 26 -> number(Float.intBitsToFloat((int) bits(4)));
            case 27 -> number(Double.longBitsToDouble(bits(8)));
            case INDEFINITE -> throw malformed("something ends that has not begun");
            default -> throw unlike("a simple value");
        };
    }

    private static JsonNode number(double value) throws Rejection {
        if (!Double.isFinite(value)) {
            throw unlike("a number that is none, or infinite");
        }
        return JsonNodeFactory.instance.numberNode(value);
    }

    private String text(int info) throws Rejection {
        if (info != INDEFINITE) {
            return utf8(length(info));
        }
        // each chunk must be valid for itself
        var chunks = new StringBuilder();
        while (!isBreak()) {
            int head = octet();
            if (head >> 5 != 3 || (head & 0x1f) == INDEFINITE) {
                throw malformed("a chunk of a text is no text");
            }
            chunks.append(utf8(length(head & 0x1f)));
        }
        return chunks.toString();
    }

    private String utf8(int length) throws Rejection {
        take(length);
        try {
            at += length;
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, at - length, length))
                    .toString();
        } catch (CharacterCodingException bad) {
            throw malformed("a text is not UTF-8");
        }
    }

    private boolean isBreak() throws Rejection {
        boolean ends = octet() == BREAK;
        at -= ends ? 0 : 1;
        return ends;
    }

    /** Of things that take a byte each at least: what is left bounds it. */
    private int length(int info) throws Rejection {
        var length = argument(info);
        if (length.compareTo(BigInteger.valueOf((long) bytes.length - at)) > 0) {
            throw malformed("it ends before its end");
        }
        return length.intValue();
    }

    private BigInteger argument(int info) throws Rejection {
        return switch (info) {
            case 24 -> BigInteger.valueOf(bits(1));
            case 25 -> BigInteger.valueOf(bits(2));
            case 26 -> BigInteger.valueOf(bits(4));
            case 27 -> new BigInteger(Long.toUnsignedString(bits(8)));
            case 28, 29, 30, INDEFINITE -> throw malformed("a head is none that CBOR knows here");
            default -> BigInteger.valueOf(info);
        };
    }

    private long bits(int count) throws Rejection {
        long bits = 0;
        for (int octet = 0; octet < count; octet++) {
            bits = bits << 8 | octet();
        }
        return bits;
    }

    private int octet() throws Rejection {
        if (at >= bytes.length) {
            throw malformed("it ends before its end");
        }
        return bytes[at++] & 0xff;
    }

    private static Rejection unlike(String what) {
        return malformed("it holds " + what + ", which JSON has not");
    }

    private static Rejection malformed(String why) {
        return Problem.of(400, "body.malformed", "The body is not acceptable CBOR: " + why + ".")
                .rejection();
    }
}
