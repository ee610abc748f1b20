package org.openclaw.example.errands;

import java.time.Duration;
import org.openclaw.agent.Agent;
import org.openclaw.agent.AgentType;
import org.openclaw.agent.Turn;
import org.openclaw.message.Address;
import org.osgi.service.component.annotations.Component;

/** Keeps what somebody has to do: {@code errands/ada} the tasks of Ada. What is open for an hour is overdue. */
@Component
@AgentType("errands")
public final class ErrandsAgent implements Agent<ErrandsMessage, ErrandsState> {
    private static final Duration PATIENCE = Duration.ofHours(1);

    @Override
    public ErrandsState initial(Address self) {
        return ErrandsState.EMPTY;
    }

    @Override
    public ErrandsState handle(ErrandsMessage message, ErrandsState state, Turn turn) {
        return switch (message) {
            case ErrandsMessage.Add add -> {
                ErrandsState more = state.with(add.task());
                turn.remindAfter(reminder(more.added()), PATIENCE, new ErrandsMessage.Overdue(more.added()));
                yield turn.answer(more);
            }
            case ErrandsMessage.Done done -> {
                turn.forget(reminder(done.number()));
                yield turn.answer(state.without(done.number()));
            }
            case ErrandsMessage.Overdue overdue -> state.overdue(overdue.number());
            case ErrandsMessage.Status _ -> turn.answer(state);
        };
    }

    private static String reminder(int number) {
        return "task " + number;
    }
}
