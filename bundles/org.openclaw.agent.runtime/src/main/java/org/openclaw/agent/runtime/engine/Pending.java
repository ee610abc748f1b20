package org.openclaw.agent.runtime.engine;

import java.time.Duration;
import java.util.List;

/**
 * What a turn waits for that is suspended now.
 *
 * @param questions to be asked
 * @param awaited the ordinals of all that it waits for, those of the questions among them
 */
record Pending(List<Question> questions, List<Integer> awaited) {
    Pending {
        questions = List.copyOf(questions);
        awaited = List.copyOf(awaited);
    }

    /**
     * A question that has not been asked yet.
     *
     * @param ordinal of its step
     * @param step what is recorded of it, but when it ends
     * @param className as what the reply is read
     * @param within how long the reply may take
     */
    record Question(int ordinal, StepRecord step, String className, Duration within, Effects.Send message) {
        /** What will be recorded of it, as if it had been asked. */
        StepRecord open() {
            return step.as(new StepRecord.Outcome.Open(0, 0, className, null));
        }
    }
}
