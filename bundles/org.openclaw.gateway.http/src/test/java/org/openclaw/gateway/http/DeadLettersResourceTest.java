package org.openclaw.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openclaw.message.Address;
import org.openclaw.message.ReceiptId;

class DeadLettersResourceTest {
    private static final String LETTER = "{\"receipt\":\"r1\",\"to\":\"order/7\",\"type\":\"order.Placed\","
            + "\"source\":\"/shop\",\"id\":\"7\",\"acceptedAt\":\"2026-11-01T12:00:00Z\","
            + "\"deadAt\":\"2026-11-01T12:00:02Z\",\"bytes\":13,\"failures\":2,\"attempts\":["
            + "{\"at\":\"2026-11-01T12:00:01Z\",\"version\":\"1.0.0\",\"code\":\"turn.failed\","
            + "\"cause\":\"out of stock\"},"
            + "{\"at\":\"2026-11-01T12:00:02Z\",\"code\":\"agent.retired\",\"cause\":\"it is gone\"}]";

    private final TestDoor door = new TestDoor();

    private void letter(String receipt, String type, String key) {
        door.letters.add(receipt, Address.of(type, key));
    }

    @Test
    void listsDeadLettersWithoutWhatTheyHold() {
        letter("r1", "order", "7");

        assertThat(door.ask("GET", "/v1/dead-letters").responseJson().toString())
                .isEqualTo("{\"deadLetters\":[" + LETTER + "}]}");
    }

    @Test
    void listsDeadLettersOfATypePageByPage() {
        letter("r1", "order", "1");
        letter("r2", "other", "1");
        letter("r3", "order", "2");
        letter("r4", "order", "3");

        var first = door.ask("GET", "/v1/dead-letters?type=order&limit=2").responseJson();
        var second = door.ask(
                        "GET",
                        "/v1/dead-letters?type=order&limit=2&after="
                                + first.get("next").asString())
                .responseJson();

        assertThat(first.get("deadLetters").findValuesAsString("receipt")).containsExactly("r1", "r3");
        assertThat(second.get("deadLetters").findValuesAsString("receipt")).containsExactly("r4");
        assertThat(second.has("next")).isFalse();
    }

    @Test
    void refusesToBeginAPageBehindWhatIsNoReceipt() {
        var refused = door.ask("GET", "/v1/dead-letters?after=none").response();

        assertThat(refused.status()).isEqualTo(400);
        assertThat(TestDoor.json(refused).get("code").asString()).isEqualTo("after.invalid");
    }

    @Test
    void refusesALimitOutOfItsBounds() {
        var refused = door.ask("GET", "/v1/dead-letters?limit=1001").response();

        assertThat(refused.status()).isEqualTo(400);
        assertThat(TestDoor.json(refused).get("code").asString()).isEqualTo("limit.invalid");
    }

    @Test
    void showsADeadLetterWithoutWhatItHolds() {
        letter("r1", "order", "7");

        assertThat(door.ask("GET", "/v1/dead-letters/r1").responseJson().toString())
                .isEqualTo(LETTER + "}");
    }

    @Test
    void showsWhatADeadLetterHoldsWhenAsked() {
        letter("r1", "order", "7");

        assertThat(door.ask("GET", "/v1/dead-letters/r1?body=true")
                        .responseJson()
                        .toString())
                .isEqualTo(LETTER + ",\"data\":{\"sku\":\"a-1\"}}");
    }

    @Test
    void showsAReaderEverythingButWhatADeadLetterHolds() {
        letter("r1", "order", "7");

        var shown = door.ask("GET", "/v1/dead-letters/r1")
                .with("Authorization", "Bearer reader-token")
                .response();
        var refused = door.ask("GET", "/v1/dead-letters/r1?body=true")
                .with("Authorization", "Bearer reader-token")
                .response();

        assertThat(shown.status()).isEqualTo(200);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(TestDoor.json(refused).get("code").asString()).isEqualTo("role.missing");
    }

    @Test
    void redrivesADeadLetterWhoseReceiptStaysValid() {
        letter("r1", "order", "7");

        var redriven = door.ask("POST", "/v1/dead-letters/r1/redrive").response();

        assertThat(redriven.status()).isEqualTo(202);
        assertThat(redriven.headers()).containsEntry("Location", "/v1/messages/r1");
        assertThat(TestDoor.json(redriven).toString()).isEqualTo("{\"receipt\":\"r1\"}");
        assertThat(door.letters.redriven).containsExactly(new ReceiptId("r1"));
    }

    @Test
    void redrivesNothingToARetiredAgent() {
        letter("r1", "order", "retired");

        var refused = door.ask("POST", "/v1/dead-letters/r1/redrive").response();

        assertThat(refused.status()).isEqualTo(409);
        assertThat(TestDoor.json(refused).get("code").asString()).isEqualTo("agent.retired");
        assertThat(door.letters.letters).hasSize(1);
    }

    @Test
    void discardsADeadLetter() {
        letter("r1", "order", "7");

        assertThat(door.ask("DELETE", "/v1/dead-letters/r1").response().status())
                .isEqualTo(204);
        assertThat(door.letters.letters).isEmpty();
    }

    @Test
    void saysThatThereIsNoSuchDeadLetter() {
        assertUnknown("GET", "/v1/dead-letters/r9");
        assertUnknown("POST", "/v1/dead-letters/r9/redrive");
        assertUnknown("DELETE", "/v1/dead-letters/r9");
    }

    private void assertUnknown(String method, String target) {
        var refused = door.ask(method, target).response();
        assertThat(refused.status()).isEqualTo(404);
        assertThat(TestDoor.json(refused).get("code").asString()).isEqualTo("dead-letter.unknown");
    }

    @Test
    void letsAReaderChangeNothing() {
        letter("r1", "order", "7");

        var redrive = door.ask("POST", "/v1/dead-letters/r1/redrive")
                .with("Authorization", "Bearer reader-token")
                .response();
        var discard = door.ask("DELETE", "/v1/dead-letters/r1")
                .with("Authorization", "Bearer reader-token")
                .response();

        assertThat(redrive.status()).isEqualTo(403);
        assertThat(discard.status()).isEqualTo(403);
        assertThat(door.letters.letters).hasSize(1);
    }
}
