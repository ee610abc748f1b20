package org.openclaw.agent;

import java.util.List;
import java.util.Optional;
import org.openclaw.message.Address;
import org.openclaw.message.Body;
import org.openclaw.message.Refusal;
import org.openclaw.message.Tenant;
import org.osgi.annotation.versioning.ProviderType;

/** What suspended turns wait for, and how signals are answered. Thread-safe. */
@ProviderType
public interface Waits {
    /**
     * A page of what suspended turns wait for. Looks at a bounded number of agents, so a page may be shorter than the limit, or
     * empty, and still have a next one; it may be longer where one turn waits for several things.
     *
     * @param after what the page before this one says of the next; empty for the first
     * @param limit about so many, 1 to 1000
     * @throws IllegalArgumentException when the limit is out of its bounds, or {@code after} is not from a page
     */
    WaitPage list(Tenant tenant, Optional<String> after, int limit);

    /** What the suspended turn of an agent waits for; empty when none is suspended. */
    List<WaitView> of(Tenant tenant, Address agent);

    /**
     * Answers a signal. Each is answered once: the same answer again is taken for a repetition and changes nothing, another one is a
     * conflict. A signal that is answered before its turn waits for it keeps the answer for it.
     *
     * @return when the answer is durable, or why it was not taken
     */
    Answer answer(Tenant tenant, String signal, Body answer);

    /** What came of an answer. */
    sealed interface Answer {
        /**
         * It is kept, and the turn goes on with it.
         *
         * @param duplicate whether the same answer was there before
         */
        record Taken(boolean duplicate) implements Answer {}

        record Refused(Refusal refusal) implements Answer {}
    }
}
