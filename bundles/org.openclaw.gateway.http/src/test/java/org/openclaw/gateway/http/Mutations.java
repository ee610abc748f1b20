package org.openclaw.gateway.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.cbor.CBORMapper;

/** What a hostile, or a broken, client makes of a request that was right. The same random numbers make the same of it. */
final class Mutations {
    private static final List<String> METHODS = List.of(
            "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "get", "BREW", "PRI",
            "G(T");
    private static final List<String> ODD = List.of(
            "%00",
            "%",
            "%zz",
            "%2e%2e",
            "..",
            "%2F",
            "//",
            ";a=b",
            "%c3",
            "%C0%AF",
            "\u00e9",
            "%F0%9F%98%80",
            "%0d%0a",
            "\u0000",
            " ",
            "+",
            "*",
            "{key}",
            "a".repeat(300),
            "x".repeat(9000),
            "%25",
            "\\",
            "<",
            "\"",
            "#",
            "?",
            "&",
            "=",
            "-1",
            "0",
            "1001",
            "99999999999999999999",
            "NaN",
            "1e9",
            "null",
            "true",
            "\u202e",
            "'");
    private static final List<String> NAMES = List.of(
            "Accept",
            "Accept-Encoding",
            "Authorization",
            "Connection",
            "Content-Encoding",
            "Content-Length",
            "Content-Type",
            "Cookie",
            "Expect",
            "Host",
            "Idempotency-Key",
            "If-Match",
            "If-None-Match",
            "Last-Event-ID",
            "Origin",
            "Prefer",
            "Range",
            "Sec-Fetch-Site",
            "TE",
            "Transfer-Encoding",
            "Upgrade",
            "X-Forwarded-Host",
            "ce-data",
            "ce-datacontenttype",
            "ce-dataschema",
            "ce-deadline",
            "ce-expirytime",
            "ce-id",
            "ce-priority",
            "ce-source",
            "ce-specversion",
            "ce-subject",
            "ce-time",
            "ce-type",
            "Access-Control-Request-Method");
    private static final List<String> VALUES = List.of(
            "",
            "*",
            "*/*",
            "application/json",
            "application/json; charset=utf-16",
            "application/json;;;=",
            "application/cbor",
            "application/cloudevents+json",
            "application/cloudevents-batch+json",
            "application/merge-patch+json",
            "multipart/form-data; boundary=x",
            "application/x-www-form-urlencoded",
            "text/event-stream",
            "gzip",
            "br",
            "identity",
            "gzip, gzip",
            "gzip;q=NaN",
            "gzip;q=1e400",
            "q=;;,,",
            "wait=0",
            "wait=-1",
            "wait=99999999999999",
            "wait",
            "wait=1, wait=2",
            "respond-async, wait=\"1",
            "W/\"x\"",
            "\"",
            "\"a\", \"b\"",
            "1",
            "-1",
            "9223372036854775808",
            "1.0",
            "0.3",
            "\u00e9",
            "%zz",
            "%00",
            "%c3%28",
            "2026-02-30T00:00:00Z",
            "+999999999-12-31T23:59:59Z",
            "-999999999-01-01T00:00:00Z",
            "yesterday",
            "chunked",
            "chunked, chunked",
            "close",
            "keep-alive, Upgrade",
            "h2c",
            "websocket",
            "100-continue",
            "bytes=0-",
            "localhost",
            "localhost:99999",
            "evil.example",
            "[::1",
            "http://localhost:8080",
            "null",
            "Bearer",
            "Bearer  ",
            "Bearer reader-token",
            "Bearer sender-token",
            "Basic YTpi",
            "openclaw-session=open",
            "openclaw-session=a; openclaw-session=b",
            "cross-site",
            "same-origin",
            "a:0",
            "0",
            "e:1:2:3",
            "x".repeat(3000),
            "y".repeat(40_000),
            "\tx\t",
            "a\u0000b",
            "a\u007fb");
    private static final List<String> PARAMETERS = List.of(
            "after",
            "body",
            "deadline",
            "expirytime",
            "force",
            "limit",
            "name",
            "priority",
            "purge",
            "state",
            "stuck",
            "type",
            "x",
            "%74ype");
    private static final List<String> BODIES = List.of(
            "",
            " ",
            "null",
            "true",
            "0",
            "-0.0",
            "1e999999999",
            "123456789".repeat(200),
            "0." + "1".repeat(5000),
            "[]",
            "{}",
            "{",
            "\"",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "{\"a\":1,\"a\":2}",
            "[1,2",
            "{} {}",
            "// c\n{}",
            "NaN",
            "\ufeff{}",
            "{\"a\":}",
            "[".repeat(5000),
            "{\"a\":".repeat(100) + "1" + "}".repeat(100),
            "[" + "[],".repeat(20_000) + "[]]",
            "x".repeat(70_000),
            "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"order.Placed\",\"data\":{}}",
            "{\"specversion\":\"1.0\",\"id\":\"\",\"source\":\"s\",\"type\":7,\"data\":{}}",
            "{\"specversion\":\"1.0\",\"id\":\"2\",\"source\":\"s\",\"type\":\"order.Placed\",\"data_base64\":\"%%%\"}",
            "{\"specversion\":\"1.0\",\"id\":\"3\",\"source\":\"s\",\"type\":\"order.Placed\",\"datacontenttype\":\"application/cbor\","
                    + "\"data_base64\":\"oWFhAQ==\",\"time\":\"+999999999-12-31T23:59:59Z\",\"deadline\":\"x\"}",
            "[{\"specversion\":\"1.0\",\"id\":\"4\",\"source\":\"s\",\"type\":\"order.Placed\"},7]");

    private final RandomGenerator random;

    Mutations(RandomGenerator random) {
        this.random = random;
    }

    /** Changes it in one to three ways. */
    void mutate(Draft draft) {
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            switch (random.nextInt(12)) {
                case 0 -> draft.method = one(METHODS);
                case 1, 2 -> draft.target = spoiled(draft.target);
                case 3 -> parameter(draft);
                case 4, 5, 6 -> draft.set(one(NAMES), one(VALUES));
                case 7 -> header(draft);
                case 8, 9 -> body(draft);
                case 10 -> coded(draft);
                default -> draft.framing = Draft.Framing.values()[random.nextInt(Draft.Framing.values().length)];
            }
        }
    }

    private <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** Something odd put in, taken out, or instead of something. */
    private String spoiled(String text) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(6));
        return text.substring(0, from)
                + (random.nextInt(4) == 0 ? "" : one(ODD))
                + text.substring(random.nextBoolean() ? from : to);
    }

    private void parameter(Draft draft) {
        draft.target += (draft.target.contains("?") ? "&" : "?") + one(PARAMETERS) + "="
                + one(random.nextBoolean() ? ODD : VALUES).replace(' ', '+');
    }

    private void header(Draft draft) {
        switch (random.nextInt(6)) {
            case 0 -> draft.headers.add(one(NAMES) + ": " + one(VALUES)); // perhaps twice
            case 1 -> draft.headers.remove(random.nextInt(draft.headers.size()));
            case 2 -> {
                for (int more = 0; more < 500; more++) {
                    draft.headers.add("x-" + more + ": " + more);
                }
            }
            case 3 -> draft.headers.add(one(NAMES) + " : " + one(VALUES));
            case 4 ->
                draft.headers.add(
                        one(List.of("no colon", ": no name", " folded", "a\u0000b: c", "\u00e9: e", "a: b\rc: d")));
            default -> {
                int line = random.nextInt(draft.headers.size());
                draft.headers.set(line, spoiled(draft.headers.get(line)));
            }
        }
        if (draft.headers.isEmpty()) {
            draft.headers.add("x: y");
        }
    }

    private void body(Draft draft) {
        byte[] body = draft.body;
        draft.body = switch (random.nextInt(5)) {
            case 0 -> Arrays.copyOf(body, random.nextInt(body.length + 1));
            case 1 -> flipped(body);
            case 2 -> noise();
            default -> one(BODIES).getBytes(StandardCharsets.UTF_8);
        };
    }

    private byte[] flipped(byte[] body) {
        byte[] other = body.clone();
        for (int times = 1 + random.nextInt(3); times > 0 && other.length > 0; times--) {
            other[random.nextInt(other.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return other;
    }

    private byte[] noise() {
        byte[] noise = new byte[random.nextInt(200)];
        random.nextBytes(noise);
        return noise;
    }

    /** In another coding, rightly or not. */
    private void coded(Draft draft) {
        switch (random.nextInt(4)) {
            case 0 -> {
                draft.body = gzip(draft.body);
                draft.set("Content-Encoding", "gzip");
            }
            case 1 -> {
                draft.body = flipped(gzip(new byte[random.nextInt(2_000_000)]));
                draft.set("Content-Encoding", "gzip");
            }
            case 2 -> {
                draft.body = cbor(draft.body);
                draft.set("Content-Type", "application/cbor");
            }
            default -> {
                draft.body = random.nextBoolean() ? noise() : flipped(cbor(draft.body));
                draft.set("Content-Type", "application/cbor");
            }
        }
    }

    private static byte[] gzip(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    /** The same in CBOR; no JSON at all, as it is. */
    private static byte[] cbor(byte[] body) {
        try {
            return new CBORMapper().writeValueAsBytes(JsonMapper.shared().readTree(body));
        } catch (RuntimeException none) {
            return body;
        }
    }
}
