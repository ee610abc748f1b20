package org.openclaw.agent.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openclaw.agent.runtime.type.AgentVersion;
import org.openclaw.agent.runtime.type.Descriptor;
import org.openclaw.agent.runtime.type.Policy;
import org.openclaw.agent.runtime.type.Precedence;
import org.openclaw.message.Address;
import org.openclaw.message.Body;
import org.openclaw.message.Message;
import org.openclaw.message.MessageFilter;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.Receipt;
import org.openclaw.message.Subscription;
import org.openclaw.message.Tenant;
import org.openclaw.message.Topic;
import org.openclaw.schema.Schema;
import org.openclaw.schema.json.JsonSchemas;

/** Messages that have to fit their schemas, before they cost a turn. */
class CheckedTest {
    private static final String SHORT =
            "{\"type\":\"object\",\"properties\":{\"what\":{\"type\":\"string\",\"maxLength\":5,\"pattern\":\"^[a-z]*$\"}},\"required\":[\"what\"]}";
    private static final String LONG =
            "{\"type\":\"object\",\"properties\":{\"what\":{\"type\":\"string\",\"maxLength\":50}},\"required\":[\"what\"]}";

    private final Bench bench = new Bench();
    private final TalkAgent agent = new TalkAgent();
    private int ids;

    private AgentVersion version(int major, String schema) {
        var plain = Fixtures.descriptor("talk", TalkAgent.class, Talk.class, Talk.Memory.class);
        var messages = plain.messages().stream()
                .map(form -> form.type().equals("talk.Hear")
                        ? new Descriptor.MessageForm(
                                form.type(), form.className(), false, new Schema("talk.Hear", "0".repeat(64), schema))
                        : form)
                .toList();
        return AgentVersion.bind(
                        new Descriptor("talk", plain.className(), plain.state(), messages),
                        agent,
                        name -> Class.forName(name, false, TalkAgent.class.getClassLoader()),
                        new Precedence(major, 0, 0, "", 0, 1))
                .checkedBy(new JsonSchemas())
                .with(Policy.ONCE);
    }

    private Receipt send(String key, String body) {
        return bench.engine.send(
                Tenant.DEFAULT,
                Address.of("talk", key),
                new Message("m-" + ++ids, "/test", "talk.Hear", bench.now.get(), Body.json(body)));
    }

    private MessageStatus ended(Receipt receipt) {
        assertThat(receipt).isInstanceOf(Receipt.Accepted.class);
        return bench.outcome((Receipt.Accepted) receipt);
    }

    @Test
    void aBodyThatDoesNotFitIsRefusedWithAllThatIsWrong() {
        bench.engine.add(version(1, SHORT));

        var refused = (Receipt.Refused) send("a", "{\"what\":\"TOO LONG\"}");

        assertThat(refused.refusal().code()).isEqualTo("body.invalid");
        assertThat(refused.refusal().violations())
                .hasSize(2)
                .allMatch(violation -> violation.pointer().equals("/what"));
        assertThat(refused.refusal().text()).doesNotContain("TOO LONG");
        assertThat(agent.runs("a")).isZero();
        assertThat(ended(send("a", "{\"what\":\"short\"}"))).isInstanceOf(MessageStatus.Done.class);
    }

    @Test
    void whatATurnSendsHasToFitItsReceiver() {
        bench.engine.add(version(1, SHORT));
        agent.with("a", (_, turn) -> {
            turn.send(Address.of("talk", "b"), new Talk.Hear("far too long"));
            return "sent";
        });

        assertThat(ended(send("a", "{\"what\":\"go\"}"))).isInstanceOfSatisfying(MessageStatus.Dead.class, dead -> {
            assertThat(dead.code()).isEqualTo("sent.body.invalid");
            assertThat(dead.cause()).contains("talk/b").contains("/what");
        });
        assertThat(agent.runs("b")).isZero();
    }

    @Test
    void whatATurnAsksHasToFitItsReceiver() {
        bench.engine.add(version(1, SHORT));
        agent.with(
                "a",
                (_, turn) -> turn.ask(Address.of("talk", "b"), new Talk.Hear("far too long"), Talk.Word.class)
                        .what());

        assertThat(ended(send("a", "{\"what\":\"go\"}")))
                .isInstanceOfSatisfying(
                        MessageStatus.Dead.class,
                        dead -> assertThat(dead.code()).isEqualTo("sent.body.invalid"));
    }

    @Test
    void oneVersionThatReadsItIsEnough() {
        bench.engine.add(version(2, SHORT));
        bench.engine.add(version(1, LONG));
        agent.with("a", (_, turn) -> {
            turn.send(Address.of("talk", "b"), new Talk.Hear("far too long"));
            return "sent";
        });

        assertThat(ended(send("a", "{\"what\":\"go\"}"))).isInstanceOf(MessageStatus.Done.class);
    }

    /** Nobody is asked when it is published. */
    @Test
    void whatIsPublishedHasToFitWhoeverTakesIt() {
        bench.engine.add(version(1, SHORT));
        var news = Topic.of("news");
        bench.engine
                .topics()
                .subscribe(
                        Tenant.DEFAULT,
                        Subscription.of(news, Address.of("talk", "a"), MessageFilter.everything()),
                        new Subscription.Start.Now());
        bench.settle();
        for (var what : List.of("far too long", "short")) {
            bench.engine
                    .topics()
                    .publish(
                            Tenant.DEFAULT,
                            news,
                            new Message(
                                    "m-" + ++ids,
                                    "/test",
                                    "talk.Hear",
                                    bench.now.get(),
                                    Body.json("{\"what\":\"" + what + "\"}")));
            bench.settle();
        }

        assertThat(agent.runs("a")).isOne();
        assertThat(bench.engine
                        .list(Tenant.DEFAULT, Optional.empty(), Optional.empty(), 10)
                        .letters())
                .singleElement()
                .satisfies(letter -> {
                    assertThat(letter.last().code()).isEqualTo("body.invalid");
                    assertThat(letter.last().cause()).contains("/what");
                });
    }

    @Test
    void aSchemaThatIsNoneIsRefused() {
        assertThatThrownBy(() -> version(1, "{\"type\":\"text\"}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("talk.Hear");
    }
}
