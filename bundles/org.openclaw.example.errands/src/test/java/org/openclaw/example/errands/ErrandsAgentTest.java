package org.openclaw.example.errands;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openclaw.message.Receipt;
import org.openclaw.test.kit.AgentKit;

/** The agent on the runtime's own engine, in virtual time. */
final class ErrandsAgentTest {
    private static final String ADA = "errands/ada";

    private final AgentKit kit = AgentKit.of(new ErrandsAgent());

    @AfterEach
    void noTurnFailed() {
        assertThat(kit.failures()).isEmpty();
    }

    @Test
    void repliesWithWhatIsOpen() {
        kit.send(ADA, new ErrandsMessage.Add("call Bob"));

        assertThat(kit.ask(ADA, new ErrandsMessage.Add("buy milk"), ErrandsState.class)
                        .open())
                .extracting(ErrandsState.Task::task)
                .containsExactly("call Bob", "buy milk");
    }

    @Test
    void keepsTheTasksOfEachOneApart() {
        kit.send(ADA, new ErrandsMessage.Add("call Bob"));
        kit.send("errands/bob", new ErrandsMessage.Add("call Ada"));

        assertThat(open()).containsExactly(new ErrandsState.Task(1, "call Bob", false));
    }

    @Test
    void remindsItselfOfWhatIsOpenForAnHour() {
        kit.send(ADA, new ErrandsMessage.Add("call Bob"));
        kit.advance(Duration.ofHours(1));

        assertThat(open()).containsExactly(new ErrandsState.Task(1, "call Bob", true));
    }

    @Test
    void forgetsWhatIsDone() {
        kit.send(ADA, new ErrandsMessage.Add("call Bob"));
        kit.send(ADA, new ErrandsMessage.Done(1));

        assertThat(open()).isEmpty();
        assertThat(kit.view(ADA).timers()).isEmpty();
    }

    @Test
    void refusesATaskThatSaysNothing() {
        assertThat(kit.offer(ADA, "errands.Add", "{\"task\":\" \"}")).isInstanceOf(Receipt.Refused.class);
    }

    private List<ErrandsState.Task> open() {
        return kit.query(ADA, new ErrandsMessage.Status()).open();
    }
}
