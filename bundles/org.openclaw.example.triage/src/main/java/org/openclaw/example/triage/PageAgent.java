package org.openclaw.example.triage;

import java.time.Duration;
import java.util.Optional;
import org.openclaw.agent.Agent;
import org.openclaw.agent.AgentType;
import org.openclaw.agent.Signal;
import org.openclaw.agent.Step;
import org.openclaw.agent.StepException;
import org.openclaw.agent.Turn;
import org.openclaw.capability.Channel;
import org.openclaw.capability.Notice;
import org.openclaw.message.Address;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Calls a person and waits for the acknowledgement: a notice goes out once, as a durable step, and the turn is suspended until
 * somebody answers its signal, or nobody has in time. No thread waits meanwhile, and no restart makes it call again.
 */
@Component
@AgentType("triage-page")
public final class PageAgent implements Agent<Page, Page.Calls> {
    private static final int ATTEMPTS = 5;

    private final Channel channel;

    @Activate
    public PageAgent(@Reference(target = "(capability.name=notify)") Channel channel) {
        this.channel = channel;
    }

    @Override
    public Page.Calls initial(Address self) {
        return new Page.Calls(0, 0);
    }

    @Override
    public Page.Calls handle(Page message, Page.Calls calls, Turn turn) throws InterruptedException {
        return switch (message) {
            case Page.Call call -> call(call, calls, turn);
        };
    }

    private Page.Calls call(Page.Call call, Page.Calls calls, Turn turn) throws InterruptedException {
        var signal =
                turn.signal("acknowledgement", Page.Acknowledgement.class, Duration.ofSeconds(call.patienceSeconds()));
        turn.step(notice(call, signal));
        try {
            var answer = turn.awaitSignal(signal);
            turn.reply(new Triage.Acknowledged(call.incident(), call.level(), answer.by()));
            return new Page.Calls(calls.sent() + 1, calls.acknowledged() + 1);
        } catch (StepException nobody) {
            turn.reply(new Triage.Unanswered(call.incident(), call.level()));
            return new Page.Calls(calls.sent() + 1, calls.acknowledged());
        }
    }

    private Step<Boolean> notice(Page.Call call, Signal<?> signal) {
        var text = "Incident %d of %s, level %d: %s"
                .formatted(call.incident(), call.service(), call.level(), call.summary());
        return Step.of("notify", step -> {
                    channel.deliver(
                            new Notice("level " + call.level(), text, Optional.of(signal.id()), step.idempotencyKey()));
                    return true;
                })
                .withInput(call)
                .withAttempts(ATTEMPTS, Duration.ofSeconds(1));
    }
}
