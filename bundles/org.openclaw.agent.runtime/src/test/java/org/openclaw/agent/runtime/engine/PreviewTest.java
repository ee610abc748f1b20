package org.openclaw.agent.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.openclaw.agent.PreviewId;
import org.openclaw.agent.Step;
import org.openclaw.agent.Turn;
import org.openclaw.agent.runtime.type.AgentVersion;
import org.openclaw.agent.runtime.type.JsonCodec;
import org.openclaw.agent.runtime.type.Precedence;
import org.openclaw.message.Address;
import org.openclaw.message.Body;
import org.openclaw.message.Message;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.Receipt;
import org.openclaw.message.Tenant;

/** What turns show before they end. */
class PreviewTest {
    private static final Address AGENT = Address.of("talk", "a");

    private final Bench bench = new Bench();
    private final TalkAgent agent = new TalkAgent();

    /** Says what a message is to do whose turns may fail, and sends it. */
    private Receipt.Accepted hear(TalkAgent.Script script) {
        bench.engine.add(AgentVersion.bind(
                Fixtures.descriptor("talk", TalkAgent.class, Talk.class, Talk.Memory.class),
                agent.with("a", script),
                name -> Class.forName(name, false, TalkAgent.class.getClassLoader()),
                new Precedence(1, 0, 0, "", 0, 1)));
        return (Receipt.Accepted) bench.engine.send(
                Tenant.DEFAULT,
                AGENT,
                new Message("m", "/test", "talk.Hear", bench.now.get(), new JsonCodec().encode(new Talk.Hear("x"))));
    }

    /** All that is shown behind a cursor, each as attempt, offset and text. */
    private List<String> shown(Receipt.Accepted of, AtomicReference<PreviewId> at) {
        var all = new ArrayList<String>();
        while (true) {
            var next = bench.engine.previews().read(Tenant.DEFAULT, of.id(), at.get(), 100);
            if (next.isEmpty()) {
                return all;
            }
            at.set(next.get().next());
            all.add(next.get().attempt() + " " + next.get().offset() + " "
                    + next.get().text());
        }
    }

    private List<String> shown(Receipt.Accepted of) {
        return shown(of, new AtomicReference<>(PreviewId.START));
    }

    @Test
    void showsWhatATurnSaysWhileItRunsAndUntilItsEndIsKnown() throws Exception {
        var said = new CountDownLatch(1);
        var goesOn = new CountDownLatch(1);
        var receipt = hear((what, turn) -> {
            turn.preview("Once ");
            turn.preview("upon");
            said.countDown();
            goesOn.await();
            turn.preview(" a time");
            return what;
        });
        said.await();
        var at = new AtomicReference<>(PreviewId.START);
        assertThat(shown(receipt, at)).containsExactly("1 0 Once upon");
        goesOn.countDown();

        assertThat(bench.outcome(receipt)).isInstanceOf(MessageStatus.Done.class);
        assertThat(shown(receipt, at)).containsExactly("1 9  a time");
        bench.now.set(bench.now.get().plus(Duration.ofSeconds(20)));
        bench.engine.sweep();
        assertThat(shown(receipt)).isEmpty();
    }

    @Test
    void showsARepeatedTurnAgainUnderAGreaterNumber() {
        var runs = new AtomicInteger();
        var at = new AtomicReference<>(PreviewId.START);
        var receipt = hear((what, turn) -> {
            int run = runs.incrementAndGet();
            turn.preview("run " + run);
            var answer = turn.awaitSignal("go", String.class);
            turn.preview(", " + answer);
            if (run == 2) {
                throw new IllegalStateException("once");
            }
            return what;
        });
        bench.settle();
        assertThat(bench.status(receipt)).isInstanceOf(MessageStatus.Suspended.class);
        assertThat(shown(receipt, at)).containsExactly("1 0 run 1");

        var signal = bench.engine
                .waits()
                .of(Tenant.DEFAULT, AGENT)
                .getFirst()
                .signal()
                .orElseThrow();
        bench.engine.waits().answer(Tenant.DEFAULT, signal, Body.json("\"yes\""));
        bench.settle();
        assertThat(shown(receipt, at)).containsExactly("2 0 run 2, yes");

        bench.advance(Duration.ofSeconds(30));
        assertThat(bench.outcome(receipt)).isInstanceOf(MessageStatus.Done.class);
        assertThat(shown(receipt, at)).containsExactly("3 0 run 3, yes");
        assertThat(shown(receipt)).containsExactly("3 0 run 3, yes");
    }

    @Test
    void letsActionsOfStepsShow() {
        var receipt = hear((what, turn) -> {
            turn.preview("a");
            var said = turn.steps(List.of(Step.of("model", _ -> {
                turn.preview("b");
                return "said";
            })));
            turn.preview("c");
            return said.getFirst();
        });

        assertThat(bench.outcome(receipt)).isInstanceOf(MessageStatus.Done.class);
        assertThat(shown(receipt)).containsExactly("1 0 abc");
    }

    @Test
    void refusesWhatIsShownBehindTheEndOfTheTurn() {
        var kept = new AtomicReference<Turn>();
        var receipt = hear((what, turn) -> {
            kept.set(turn);
            return what;
        });
        bench.outcome(receipt);

        assertThatThrownBy(() -> kept.get().preview("late")).hasMessageContaining("is over");
        assertThat(shown(receipt)).isEmpty();
    }
}
