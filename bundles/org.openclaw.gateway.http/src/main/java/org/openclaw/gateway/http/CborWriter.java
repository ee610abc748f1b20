package org.openclaw.gateway.http;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** Writes JSON as CBOR (RFC 8949, 6.2): each number exactly, in the shortest of its forms but halves and singles. For one value. */
final class CborWriter {
    private static final BigInteger LARGEST = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private CborWriter() {}

    static byte[] write(JsonNode json) {
        var writer = new CborWriter();
        writer.value(json);
        return writer.out.toByteArray();
    }

    private void value(JsonNode json) {
        switch (json.getNodeType()) {
            case OBJECT -> {
                head(5, json.size());
                json.properties().forEach(member -> {
                    text(member.getKey());
                    value(member.getValue());
                });
            }
            case ARRAY -> {
                head(4, json.size());
                json.forEach(this::value);
            }
            case STRING -> text(json.stringValue());
            case BOOLEAN -> out.write(json.booleanValue() ? 0xf5 : 0xf4);
            case NUMBER -> number(json);
            case NULL, MISSING -> out.write(0xf6);
            case BINARY, POJO -> throw new IllegalStateException("no JSON: " + json.getNodeType());
        }
    }

    private void text(String text) {
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        head(3, utf8.length);
        out.writeBytes(utf8);
    }

    private void number(JsonNode json) {
        if (json.isIntegralNumber()) {
            integer(json.bigIntegerValue());
            return;
        }
        var exact = json.decimalValue();
        double near = exact.doubleValue();
        if (Double.isFinite(near) && new BigDecimal(Double.toString(near)).compareTo(exact) == 0) {
            out.write(0xfb);
            bits(Double.doubleToLongBits(near), 8);
        } else {
            head(6, 4);
            head(4, 2);
            integer(BigInteger.valueOf(-(long) exact.scale()));
            integer(exact.unscaledValue());
        }
    }

    private void integer(BigInteger value) {
        boolean negative = value.signum() < 0;
        var size = negative ? value.not() : value;
        if (size.compareTo(LARGEST) <= 0) {
            head(negative ? 1 : 0, size.longValue());
            return;
        }
        head(6, negative ? 3 : 2);
        var magnitude = size.toByteArray();
        int sign = magnitude[0] == 0 ? 1 : 0;
        head(2, magnitude.length - sign);
        out.write(magnitude, sign, magnitude.length - sign);
    }

    /** @param argument without sign */
    private void head(int major, long argument) {
        int kind = major << 5;
        if (Long.compareUnsigned(argument, 24) < 0) {
            out.write(kind | (int) argument);
        } else if (argument >>> 8 == 0) {
            out.write(kind | 24);
            bits(argument, 1);
        } else if (argument >>> 16 == 0) {
            out.write(kind | 25);
            bits(argument, 2);
        } else if (argument >>> 32 == 0) {
            out.write(kind | 26);
            bits(argument, 4);
        } else {
            out.write(kind | 27);
            bits(argument, 8);
        }
    }

    private void bits(long bits, int count) {
        for (int octet = count - 1; octet >= 0; octet--) {
            out.write((int) (bits >>> (8 * octet)) & 0xff);
        }
    }
}
