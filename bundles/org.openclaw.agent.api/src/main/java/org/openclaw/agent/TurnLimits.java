package org.openclaw.agent;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.openclaw.message.Address;

/**
 * What a tenant or an agent type gets of the node, and who waits for it.
 *
 * @param of whether it is a tenant or a type
 * @param name of the tenant or the type
 * @param weight how many turns it begins for each turn of one with the weight 1, while both have some waiting
 * @param concurrent how many of its turns may be under way at once; empty where there is no bound
 * @param perSecond how many of its turns may begin in a second; empty where there is no bound
 * @param running how many of its turns are under way; a suspended turn is not
 * @param waiting how many of its agents have a turn that might begin
 * @param heldBy the bound that keeps those that wait from beginning; empty where none does
 * @param waiters some of the agents that wait, at most 10; of the tenant that was asked for
 */
public record TurnLimits(
        Of of,
        String name,
        int weight,
        OptionalInt concurrent,
        OptionalInt perSecond,
        int running,
        int waiting,
        Optional<Bound> heldBy,
        List<Address> waiters) {
    public TurnLimits {
        waiters = List.copyOf(waiters);
    }

    /** Whose they are. */
    public enum Of {
        TENANT,
        /** Of all tenants together. */
        TYPE
    }

    /** What keeps turns from beginning. */
    public enum Bound {
        /** As many are under way as may be. */
        CONCURRENT,
        /** As many have begun as may in this time. */
        PER_SECOND
    }
}
