package org.openclaw.gateway.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.openclaw.message.Address;

/** Percent-encoding (RFC 3986), strict: what is not exactly that is refused, never guessed. */
final class UrlText {
    private static final String UNRESERVED = "-._~";
    private static final String PATH_EXTRA = "!$&'()*+,=:@";

    private UrlText() {}

    /** Decodes one path segment. */
    static String segment(String raw) throws Rejection {
        return decode(raw, "path", UNRESERVED + PATH_EXTRA);
    }

    /** Decodes a query; no name may come twice. */
    static Map<String, String> query(String raw) throws Rejection {
        var parameters = new LinkedHashMap<String, String>();
        if (raw.isEmpty()) {
            return parameters;
        }
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            var name = decode(equals < 0 ? pair : pair.substring(0, equals), "query", UNRESERVED + PATH_EXTRA + "/?");
            var value = equals < 0 ? "" : decode(pair.substring(equals + 1), "query", UNRESERVED + PATH_EXTRA + "/?");
            if (parameters.put(name, value) != null) {
                throw invalid("query", "a parameter comes twice (expected: once)");
            }
        }
        return parameters;
    }

    /** Encodes one path segment. */
    static String encode(String text) {
        return encode(text, UNRESERVED);
    }

    /** The path of an agent; the slashes of its key stay. */
    static String agent(Address address) {
        return "/v1/agents/" + encode(address.type()) + "/" + encode(address.key(), UNRESERVED + "/");
    }

    /** Encodes a header's value as the CloudEvents HTTP binding asks: what is not printable ASCII, quote, percent. */
    static String header(String text) {
        var out = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (octet > ' ' && octet < 0x7f && octet != '"' && octet != '%') {
                out.append((char) octet);
            } else {
                out.append("%%%02X".formatted(octet));
            }
        }
        return out.toString();
    }

    /** Decodes such a header's value; one in quotes is taken out of them first, as the binding says (3.1.3.2). */
    static String fromHeader(String value) throws Rejection {
        return decodeBytes(isQuoted(value) ? unquoted(value) : value, "header");
    }

    private static boolean isQuoted(String value) {
        return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    }

    /** A quoted string (RFC 9110, 5.6.4) without its quotes and backslashes. */
    private static String unquoted(String value) throws Rejection {
        var text = new StringBuilder();
        for (int i = 1; i < value.length() - 1; i++) {
            char c = value.charAt(i);
            if (c == '"') {
                throw invalid("header", "a quote within a quoted value");
            }
            if (c == '\\') {
                i++;
                if (i == value.length() - 1) {
                    throw invalid("header", "a quoted value without its end");
                }
            }
            text.append(value.charAt(i));
        }
        return text.toString();
    }

    private static String encode(String text, String keep) {
        var out = new StringBuilder(text.length());
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (isAlphanumeric(octet) || keep.indexOf(octet) >= 0) {
                out.append((char) octet);
            } else {
                out.append("%%%02X".formatted(octet));
            }
        }
        return out.toString();
    }

    private static String decode(String raw, String where, String allowed) throws Rejection {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '%' && !isAlphanumeric(c) && allowed.indexOf(c) < 0) {
                throw invalid(where, "a character must be percent-encoded: U+%04X".formatted((int) c));
            }
        }
        return decodeBytes(raw, where);
    }

    private static String decodeBytes(String raw, String where) throws Rejection {
        if (isPlain(raw)) {
            return raw;
        }
        var bytes = new ByteArrayOutputStream(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c > 0x7f) {
                throw invalid(where, "it holds a character that is not ASCII");
            }
            if (c != '%') {
                bytes.write(c);
                continue;
            }
            if (i + 2 >= raw.length() || !isHex(raw.charAt(i + 1)) || !isHex(raw.charAt(i + 2))) {
                throw invalid(where, "'%' without two hexadecimal digits");
            }
            bytes.write(Integer.parseInt(raw.substring(i + 1, i + 3), 16));
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException bad) {
            throw invalid(where, "the decoded bytes are not UTF-8");
        }
    }

    private static boolean isPlain(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) == '%' || raw.charAt(i) > 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHex(char c) {
        return Character.digit(c, 16) >= 0 && c < 0x7f;
    }

    private static boolean isAlphanumeric(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static Rejection invalid(String where, String why) {
        return Problem.of(400, where + ".malformed", "The " + where + " is malformed: " + why + ".")
                .rejection();
    }
}
