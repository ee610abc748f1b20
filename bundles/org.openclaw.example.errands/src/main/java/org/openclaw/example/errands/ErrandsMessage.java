package org.openclaw.example.errands;

import org.openclaw.agent.Query;

/** What the agent understands. */
public sealed interface ErrandsMessage {
    /**
     * There is something to do; the reply is what is open now.
     *
     * @param task what is to be done
     */
    record Add(String task) implements ErrandsMessage {
        public Add {
            if (task.isBlank()) {
                throw new IllegalArgumentException("task: blank (expected: what is to be done)");
            }
        }
    }

    /**
     * A task is done; the reply is what is still open.
     *
     * @param number the number of the task
     */
    record Done(int number) implements ErrandsMessage {}

    /**
     * A task has been open for long; the agent reminds itself.
     *
     * @param number the number of the task
     */
    record Overdue(int number) implements ErrandsMessage {}

    /** What is open? */
    record Status() implements ErrandsMessage, Query<ErrandsState> {}
}
