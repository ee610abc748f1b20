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
    private final RandomGenerator random;

    Mutations(RandomGenerator random) {
        this.random = random;
    }

    /** Changes it in one to three ways. */
    void mutate(Draft draft) {
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            switch (random.nextInt(12)) {
                case 0 -> draft.method = one(Oddities.METHODS);
                case 1, 2 -> draft.target = spoiled(draft.target);
                case 3 -> parameter(draft);
                case 4, 5, 6 -> draft.set(one(Oddities.NAMES), one(Oddities.VALUES));
                case 7 -> header(draft);
                case 8, 9 -> body(draft);
                case 10 -> coded(draft);
                default -> draft.framing = one(List.of(Draft.Framing.values()));
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
                + (random.nextInt(4) == 0 ? "" : one(Oddities.ODD))
                + text.substring(random.nextBoolean() ? from : to);
    }

    private void parameter(Draft draft) {
        draft.target += (draft.target.contains("?") ? "&" : "?") + one(Oddities.PARAMETERS) + "="
                + one(random.nextBoolean() ? Oddities.ODD : Oddities.VALUES).replace(' ', '+');
    }

    private void header(Draft draft) {
        switch (random.nextInt(6)) {
            case 0 -> draft.headers.add(one(Oddities.NAMES) + ": " + one(Oddities.VALUES)); // perhaps twice
            case 1 -> draft.headers.remove(random.nextInt(draft.headers.size()));
            case 2 -> {
                for (int more = 0; more < 500; more++) {
                    draft.headers.add("x-" + more + ": " + more);
                }
            }
            case 3 -> draft.headers.add(one(Oddities.NAMES) + " : " + one(Oddities.VALUES));
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
            default -> one(Oddities.BODIES).getBytes(StandardCharsets.UTF_8);
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
