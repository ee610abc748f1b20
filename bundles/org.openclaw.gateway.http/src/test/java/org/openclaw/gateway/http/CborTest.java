package org.openclaw.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openclaw.message.Address;
import org.openclaw.message.Body;
import org.openclaw.message.Message;
import org.openclaw.message.MessageStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.cbor.CBORMapper;

/** Bodies and answers in CBOR: the vectors are those of RFC 8949, appendix A; Jackson reads and writes the same. */
class CborTest {
    private static final CBORMapper JACKSON = new CBORMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final TestDoor door = new TestDoor();

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    private static String json(String digits) throws Rejection {
        return new String(Json.write(CborReader.read(hex(digits), 64, Long.MAX_VALUE)), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    00                           | 0
                    17                           | 23
                    1818                         | 24
                    1903e8                       | 1000
                    1b000000e8d4a51000           | 1000000000000
                    1bffffffffffffffff           | 18446744073709551615
                    c249010000000000000000       | 18446744073709551616
                    3bffffffffffffffff           | -18446744073709551616
                    c349010000000000000000       | -18446744073709551617
                    20                           | -1
                    3903e7                       | -1000
                    f90000                       | 0.0
                    f98000                       | -0.0
                    fb3ff199999999999a           | 1.1
                    f97bff                       | 65504.0
                    fa47c35000                   | 100000.0
                    f90001                       | 5.960464477539063E-8
                    c48221196ab3                 | 273.15
                    f4                           | false
                    f5                           | true
                    f6                           | null
                    60                           | ""
                    6449455446                   | "IETF"
                    62c3bc                       | "ü"
                    64f0908591                   | "𐅑"
                    80                           | []
                    8301820203820405             | [1,[2,3],[4,5]]
                    a26161016162820203           | {"a":1,"b":[2,3]}
                    7f657374726561646d696e67ff   | "streaming"
                    9fff                         | []
                    9f018202039f0405ffff         | [1,[2,3],[4,5]]
                    bf61610161629f0203ffff       | {"a":1,"b":[2,3]}
                    d9d9f7a0                     | {}
                    1801                         | 1
                    """)
    void readsWhatIsJson(String digits, String expected) throws Exception {
        assertThat(json(digits)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    a10102             | a key that is no text
                    a1416101           | a key that is no text
                    a1f501             | a key that is no text
                    a2616101616102     | a key comes twice
                    bf616101616102ff   | a key comes twice
                    f7                 | undefined
                    e0                 | a simple value
                    f820               | a simple value
                    f97e00             | a number that is none, or infinite
                    f97c00             | a number that is none, or infinite
                    faff800000         | a number that is none, or infinite
                    4101               | a byte string
                    5f4101ff           | a byte string
                    c0613a             | the tag 0
                    c11a514b67b0       | the tag 1
                    81d9d9f700         | the tag 55799
                    dbffffffffffffffff00 | the tag 18446744073709551615
                    62c080             | not UTF-8
                    63eda080           | not UTF-8
                    61ff               | not UTF-8
                    7f61c361bcff       | not UTF-8
                    7f7f6161ffff       | no text
                    7f4161ff           | no text
                    0000               | something behind the value
                    ff                 | something ends
                    8201               | ends before its end
                    a16161             | ends before its end
                    9f01               | ends before its end
                    bf6161             | ends before its end
                    18                 | ends before its end
                    6161616161         | something behind the value
                    6261               | ends before its end
                    9bffffffffffffffff | ends before its end
                    bbffffffffffffffff | ends before its end
                    7bffffffffffffffff | ends before its end
                    1c                 | a head is none
                    1f                 | a head is none
                    c21f               | no bytes
                    c201               | no bytes
                    c4820181           | decimal fraction
                    c482c2490100000000000000000001 | decimal fraction
                    c4821a7fffffff01   | decimal fraction
                    c48101             | decimal fraction
                    """)
    void refusesWhatIsNot(String digits, String why) {
        assertThatThrownBy(() -> json(digits)).isInstanceOf(Rejection.class).hasMessageContaining(why);
    }

    @Test
    void refusesNothing() {
        assertThatThrownBy(() -> json("")).isInstanceOf(Rejection.class).hasMessageContaining("ends before");
    }

    @Test
    void boundsTheDepth() throws Exception {
        assertThat(json("81".repeat(64) + "00")).startsWith("[[");
        assertThatThrownBy(() -> json("81".repeat(65) + "00")).hasMessageContaining("nested deeper than 64");
        assertThatThrownBy(() -> json("9f".repeat(1 << 20))).hasMessageContaining("nested deeper than 64");
        assertThatThrownBy(() -> json("d9d9f7".repeat(1 << 20))).isInstanceOf(Rejection.class);
        assertThatThrownBy(() -> json("c482".repeat(1 << 20))).isInstanceOf(Rejection.class);
    }

    @Test
    void writesAndReadsAsJacksonDoes() throws Exception {
        var random = new Random(42);
        for (int time = 0; time < 2000; time++) {
            var json = random(random, 4);
            var ours = CborWriter.write(json);

            assertThat(CborReader.read(ours, 64, Long.MAX_VALUE)).isEqualTo(json);
            assertThat(JACKSON.readTree(ours).toString()).isEqualTo(json.toString());
            assertThat(CborReader.read(JACKSON.writeValueAsBytes(json), 64, Long.MAX_VALUE)
                            .toString())
                    .isEqualTo(json.toString());
        }
    }

    private static JsonNode random(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> NODES.numberNode(random.nextLong() >> random.nextInt(64));
            case 1 -> NODES.numberNode(random.nextDouble() * random.nextInt());
            case 2 -> NODES.booleanNode(random.nextBoolean());
            case 3 -> NODES.nullNode();
            case 4 -> NODES.numberNode(new BigInteger(80, random).add(BigInteger.ONE.shiftLeft(64)));
            case 5 -> NODES.stringNode("ü\u0000𐅑x".repeat(random.nextInt(100)));
            case 6 -> {
                var array = NODES.arrayNode();
                random.ints(random.nextInt(30), 0, 1).forEach(_ -> array.add(random(random, depth - 1)));
                yield array;
            }
            default -> {
                ObjectNode object = NODES.objectNode();
                random.ints(random.nextInt(30)).forEach(name -> object.set("n" + name, random(random, depth - 1)));
                yield object;
            }
        };
    }

    @Test
    void bytesThatNobodyMeantAreAnAnswerOrARefusal() {
        var random = new Random(7);
        for (int time = 0; time < 100_000; time++) {
            byte[] bytes = new byte[random.nextInt(24)];
            random.nextBytes(bytes);
            try {
                assertThat(CborReader.read(bytes, 8, Long.MAX_VALUE)).isNotNull();
            } catch (Rejection refused) {
                assertThat(refused.problem().status()).isEqualTo(400);
            }
        }
    }

    @Test
    void keepsEachDigit() throws Exception {
        var number = new BigDecimal("0.1000000000000000000000000000000000001");

        assertThat(HexFormat.of().formatHex(CborWriter.write(NODES.numberNode(new BigDecimal("0.1")))))
                .isEqualTo("fb3fb999999999999a");
        assertThat(CborReader.read(CborWriter.write(NODES.numberNode(number)), 64, Long.MAX_VALUE)
                        .decimalValue())
                .isEqualTo(number);
    }

    private Response send(String digits) {
        return door.ask("POST", "/v1/agents/order/7/messages?type=order.Placed")
                .body(CborReader.MEDIA_TYPE, hex(digits))
                .response();
    }

    @Test
    void aMessageInCborArrivesInJson() {
        assertThat(send("a163736b75a16161f93e00").status()).isEqualTo(202);
        assertThat(door.bus.sent.getFirst().body()).isEqualTo(Body.json("{\"sku\":{\"a\":1.5}}"));
    }

    @Test
    void anEventInBinaryModeMayBeCbor() {
        var response = door.ask("POST", "/v1/agents/order/7/messages")
                .body(CborReader.MEDIA_TYPE, hex("a0"))
                .with("ce-specversion", "1.0")
                .with("ce-id", "%E2%82%AC%20%22x%22")
                .with("ce-source", "/shop")
                .with("ce-type", "order.Placed")
                .response();

        assertThat(response.status()).isEqualTo(202);
        assertThat(door.bus.sent.getFirst().id()).isEqualTo("€ \"x\"");
    }

    private Response event(String data) {
        return door.ask("POST", "/v1/agents/order/7/messages")
                .body(
                        MediaTypes.EVENT,
                        ("{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"order.Placed\"," + data
                                        + "}")
                                .getBytes(StandardCharsets.UTF_8))
                .response();
    }

    @Test
    void anEventInStructuredModeMayHoldCborOrJsonInBase64() {
        var cbor = Base64.getEncoder().encodeToString(hex("a1616101"));

        assertThat(event("\"datacontenttype\":\"application/cbor\",\"data_base64\":\"" + cbor + "\"")
                        .status())
                .isEqualTo(202);
        assertThat(event("\"data_base64\":\"eyJhIjoxfQ==\"").status()).isEqualTo(202);
        assertThat(door.bus.sent).extracting(Message::body).containsOnly(Body.json("{\"a\":1}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"datacontenttype\":\"application/cbor\",\"data\":{}",
                "\"data\":{},\"data_base64\":\"e30=\"",
                "\"data_base64\":7",
                "\"data_base64\":\"no base64!\"",
                "\"datacontenttype\":\"image/png\",\"data_base64\":\"e30=\"",
                "\"datacontenttype\":\"application/cbor\",\"data_base64\":\"9w==\""
            })
    void refusesDataThatIsNotWhatTheEventSays(String data) {
        assertThat(event(data).status()).isEqualTo(400);
        assertThat(door.bus.sent).isEmpty();
    }

    @Test
    void whatBecomesTooLongAsJsonIsRefused() {
        // each of these numbers is three bytes in CBOR, and twenty in JSON
        assertThat(send("9f" + "f90001".repeat(20_000) + "ff").status()).isEqualTo(413);
    }

    /** A value takes one byte here, and a hundred in memory: it is given up before it is there. */
    @Test
    void givesUpOnceItIsTooLongAsJson() {
        byte[] bytes = new byte[1003];
        Arrays.fill(bytes, (byte) 0xa0);
        bytes[0] = (byte) 0x99;
        bytes[1] = (byte) (1000 >> 8);
        bytes[2] = (byte) (1000 & 0xff);

        var refused = catchThrowableOfType(Rejection.class, () -> CborReader.read(bytes, 8, 1500));

        assertThat(refused.problem().code()).isEqualTo("body.too.large");
    }

    @Test
    void aSignalMayBeAnsweredInCbor() {
        door.waits.signal(Address.of("order", "7"), "s1");
        var response = door.ask("POST", "/v1/signals/s1")
                .body(CborReader.MEDIA_TYPE, hex("f5"))
                .response();

        assertThat(response.status()).isEqualTo(200);
        assertThat(door.waits.answers).containsEntry("s1", Body.json("true"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    application/cbor                              | true
                    application/cbor, */*                         | true
                    application/cbor;q=0.1, */*                   | false
                    application/json;q=0.5, application/*         | true
                    application/cbor;q=0.9, application/json;q=0.5 | true
                    application/json, application/cbor            | false
                    application/cbor;q=0                          | false
                    */*                                           | false
                    application/*                                 | false
                    ''                                            | false
                    """)
    void answersInCborWhoWouldRatherHaveIt(String accept, boolean cbor) {
        var response = door.ask("GET", "/v1/subject").with("Accept", accept).response();

        assertThat(response.mediaType()).isEqualTo(cbor ? CborReader.MEDIA_TYPE : Body.JSON);
        assertThat(response.headers()).containsEntry("Vary", "Accept, Accept-Encoding");
        if (cbor) {
            assertThat(JACKSON.readTree(response.body()).get("role").asString()).isEqualTo("admin");
            assertThat(response.headers().getOrDefault("ETag", "")).endsWith("-cbor\"");
        }
    }

    @Test
    void theReplyOfAnAgentIsInCborToo() {
        var reply = new Message("i", "order/7", "order.Accepted", ScriptedBus.ACCEPTED, Body.json("{\"ok\":true}"));
        door.bus.end("r1", new MessageStatus.Done(ScriptedBus.ACCEPTED, "1.0.0", Optional.of(reply)));
        var response = door.ask("POST", "/v1/agents/order/7/messages?type=order.Placed")
                .json("{}")
                .with("Prefer", "wait=1")
                .with("Accept", "application/cbor")
                .response();

        assertThat(response.headers()).containsEntry("ce-type", "order.Accepted");
        assertThat(response.headers()).containsEntry("Content-Type", "application/cbor");
        assertThat(HexFormat.of().formatHex(response.body())).isEqualTo("a1626f6bf5");
    }

    @Test
    void errorsAreJsonAlways() {
        var response = door.ask("GET", "/v1/nothing")
                .with("Accept", "application/cbor")
                .response();

        assertThat(response.mediaType()).isEqualTo("application/problem+json");
    }
}
