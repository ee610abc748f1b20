package org.openclaw.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MessageFilterTest {
    private static final Message PLACED = new Message(
                    "1", "/shop/eu", "acme.order.Placed", Instant.EPOCH, Body.json("{}"))
            .with(Attributes.subject("order-7").with(Map.of("region", "eu")));

    private static boolean passes(String json) {
        return MessageFilter.parse(json).matches(PLACED);
    }

    @Test
    void looksAtAttributesInEachDialect() {
        assertThat(passes("{\"exact\":{\"type\":\"acme.order.Placed\",\"region\":\"eu\"}}"))
                .isTrue();
        assertThat(passes("{\"exact\":{\"type\":\"acme.order.Placed\",\"region\":\"us\"}}"))
                .isFalse();
        assertThat(passes("{\"prefix\":{\"type\":\"acme.\",\"source\":\"/shop\"}}"))
                .isTrue();
        assertThat(passes("{\"suffix\":{\"subject\":\"-7\"}}")).isTrue();
        assertThat(passes("{\"all\":[]}")).isTrue();
        assertThat(passes("{\"all\":[{\"exact\":{\"id\":\"1\"}},{\"exact\":{\"id\":\"2\"}}]}"))
                .isFalse();
        assertThat(passes("{\"any\":[{\"exact\":{\"id\":\"1\"}},{\"exact\":{\"id\":\"2\"}}]}"))
                .isTrue();
        assertThat(passes("{\"not\":{\"exact\":{\"nothere\":\"x\"}}}")).isTrue();
        assertThat(passes("{\"exact\":{\"nothere\":\"x\"}}")).isFalse();
    }

    @Test
    void takesTypesAndBeginningsOfThem() {
        assertThat(MessageFilter.type("acme.*").matches(PLACED)).isTrue();
        assertThat(MessageFilter.type("*").matches(PLACED)).isTrue();
        assertThat(MessageFilter.type("acme.order").matches(PLACED)).isFalse();
        assertThat(MessageFilter.type("acme.order.Placed").matches(PLACED)).isTrue();
        assertThatThrownBy(() -> MessageFilter.type("acme.*.Placed")).hasMessageContaining("'*' at its end");
    }

    @Test
    void isTheSameInJson() {
        var filter = new MessageFilter.All(List.of(
                new MessageFilter.Not(MessageFilter.exact("subject", "a \"b\" \\ é")),
                new MessageFilter.Any(List.of(
                        new MessageFilter.Prefix(new TreeMap<>(Map.of("source", "/", "type", "a"))),
                        new MessageFilter.Suffix(new TreeMap<>(Map.of("region", "u"))))),
                MessageFilter.everything()));

        assertThat(MessageFilter.parse(filter.json())).isEqualTo(filter);
        assertThat(MessageFilter.parse(" { \"exact\" : { \"subject\" : \"\\u0061\\/\" } } "))
                .isEqualTo(MessageFilter.exact("subject", "a/"));
    }

    @Test
    void refusesWhatIsNoFilterAndSaysWhatWasExpected() {
        for (var hostile : List.of(
                "",
                "{",
                "null",
                "[]",
                "{}",
                "{\"exact\":{}}",
                "{\"exact\":[]}",
                "{\"exact\":{\"type\":1}}",
                "{\"exact\":{\"type\":\"\"}}",
                "{\"exact\":{\"type\":\"a\",\"type\":\"b\"}}",
                "{\"exact\":{\"Type\":\"a\"}}",
                "{\"exact\":{\"time\":\"a\"}}",
                "{\"exact\":{\"type\":\"a\"},\"prefix\":{\"type\":\"a\"}}",
                "{\"exact\":{\"type\":\"a\"}} {}",
                "{\"exact\":{\"type\":\"a\u0000\"}}",
                "{\"exact\":{\"type\":\"\\u00zz\"}}",
                "{\"exact\":{\"type\":\"\\n\"}}",
                "{\"exact\":{\"type\":\"\\x\"}}",
                "{\"exact\":{\"type\":\"a",
                "{\"any\":[]}",
                "{\"all\":[,]}",
                "{\"sql\":\"source LIKE 'x'\"}")) {
            assertThatThrownBy(() -> MessageFilter.parse(hostile))
                    .as(hostile)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected");
        }
        assertThatThrownBy(() -> MessageFilter.parse("{\"sql\":\"x\"}")).hasMessageContaining("exact, prefix, suffix");
    }

    @Test
    void isBoundedInDepthAndSize() {
        var deep = "{\"not\":".repeat(100_000) + "{\"exact\":{\"type\":\"a\"}}" + "}".repeat(100_000);
        var shallow = "{\"not\":".repeat(9) + "{\"exact\":{\"type\":\"a\"}}" + "}".repeat(9);
        var wide = "{\"all\":[" + "{\"all\":[]},".repeat(5_000) + "{\"all\":[]}]}";
        var many = "{\"all\":["
                + "{\"any\":[{\"exact\":{\"type\":\"a\"}}]},".repeat(21)
                + "{\"exact\":{\"type\":\"a\"}}]}";
        for (var hostile : List.of(deep, shallow, wide, many)) {
            assertThatThrownBy(() -> MessageFilter.parse(hostile)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> MessageFilter.exact("type", "a".repeat(513))).hasMessageContaining("513");
    }

    @Test
    void findsTheReceiverByAnAttribute() {
        var byRegion = new Subscription.Receiver.ByAttribute("shop", "region");
        assertThat(byRegion.of(PLACED)).contains(Address.of("shop", "eu"));
        assertThat(new Subscription.Receiver.ByAttribute("shop", "nothere").of(PLACED))
                .isEmpty();
        assertThat(new Subscription.Receiver.ByAttribute("shop", "subject")
                        .of(PLACED.with(Attributes.subject("ü".repeat(200)))))
                .isEmpty();
        assertThatThrownBy(() -> new Subscription.Receiver.ByAttribute("shop", "time"))
                .hasMessageContaining("expected");
    }

    @Test
    void namesSubscriptionsAfterTheirAgentOrByAName() {
        var topic = Topic.of("orders");
        var agent = Address.of("shop", "Ü 1");
        assertThat(Subscription.of(topic, agent, MessageFilter.everything()).name())
                .isEqualTo("shop/Ü 1");
        assertThatThrownBy(() -> new Subscription(
                        topic, "shop/2", MessageFilter.everything(), new Subscription.Receiver.One(agent)))
                .hasMessageContaining("shop/2");
        assertThatThrownBy(() -> Topic.of("Orders")).hasMessageContaining("lower-case letter");
    }

    @Test
    void boundsAttributes() {
        assertThatThrownBy(() -> Attributes.NONE.with(Map.of("Region", "x"))).hasMessageContaining("Region");
        assertThatThrownBy(() -> Attributes.NONE.with(Map.of("type", "x"))).hasMessageContaining("type");
        assertThatThrownBy(() -> Attributes.NONE.with(Map.of("a", "x\n"))).hasMessageContaining("control");
        assertThatThrownBy(() -> Attributes.subject("")).hasMessageContaining("subject");
        var many = new TreeMap<String, String>();
        for (int number = 0; number < 33; number++) {
            many.put("a" + number, "x");
        }
        assertThatThrownBy(() -> Attributes.NONE.with(many)).hasMessageContaining("33");
    }

    @Test
    void refusesHalfACharacterWhichNothingStoredCouldEqual() {
        assertThatThrownBy(() -> MessageFilter.parse("{\"exact\":{\"subject\":\"\\ud800\"}}"))
                .hasMessageContaining("subject");
        assertThatThrownBy(() -> Attributes.subject("\udc00")).hasMessageContaining("subject");
        assertThat(Attributes.subject("\ud83d\ude00").subject()).isPresent();
    }

    @Test
    void readsWhatItWritesHoweverMuchOfItIsEscaped() {
        var attributes = new TreeMap<String, String>();
        for (int number = 10; number < 73; number++) {
            attributes.put("a".repeat(18) + number, "\"".repeat(512));
        }
        var largest = new MessageFilter.Exact(attributes);

        assertThat(MessageFilter.parse(largest.json())).isEqualTo(largest);
    }
}
