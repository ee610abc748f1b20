package org.openclaw.agent;

import java.util.List;
import java.util.Optional;
import org.openclaw.message.Address;
import org.openclaw.message.Tenant;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The agents of this node, for those who look after them. Thread-safe; every answer is a copy of one moment. What changes an
 * agent is as durable as this node's store makes it when the method returns.
 */
@ProviderType
public interface Agents {
    /** All known agent types, by name. Counts their agents without looking at them. */
    List<AgentTypeView> types();

    /**
     * A page of agents, ordered by address. Their memory is left out: ask for one agent to see it. Looks at a bounded number
     * of agents, so a page may be shorter than the limit, or empty, and still have a next one.
     *
     * @param filter which agents
     * @param after only agents behind this address, which need not exist
     * @param limit at most so many, 1 to 1000
     * @throws IllegalArgumentException when the limit is out of its bounds
     */
    AgentPage list(Tenant tenant, AgentFilter filter, Optional<Address> after, int limit);

    /** One agent; empty when it does not exist. */
    Optional<AgentView> find(Tenant tenant, Address address);

    /**
     * The messages that wait for an agent, oldest first; the one whose turn is under way is not among them. Empty when there
     * is no such agent.
     *
     * @param limit at most so many, 1 to 1000
     * @param bodies how many bytes of bodies are with them: one that goes beyond is left out; 0 leaves out all
     * @throws IllegalArgumentException when a limit is out of its bounds
     */
    List<WaitingMessage> inbox(Tenant tenant, Address address, int limit, int bodies);

    /**
     * The timers of an agent, soonest first. Empty when there is no such agent.
     *
     * @param bodies how many bytes of bodies are with them: one that goes beyond is left out; 0 leaves out all
     * @throws IllegalArgumentException when the limit is negative
     */
    List<AgentView.Timer> timers(Tenant tenant, Address address, int bodies);

    /**
     * The steps that are recorded for the message at the head of an agent's inbox, in order: its turn is under way, or will be
     * repeated. Empty when there is no such agent.
     *
     * @param bodies how many bytes of results are with them: one that goes beyond is left out; 0 leaves out all
     * @throws IllegalArgumentException when the limit is negative
     */
    List<StepView> steps(Tenant tenant, Address address, int bodies);

    /**
     * How the latest messages of an agent ended, newest first. The node remembers a bounded number for all agents: those of
     * an agent that rests are forgotten when others are busy, and all of them when the node stops. Empty when there is no such
     * agent.
     *
     * @param limit at most so many, 1 to 1000
     * @throws IllegalArgumentException when the limit is out of its bounds
     */
    List<RecentTurn> recentTurns(Tenant tenant, Address address, int limit);

    /**
     * What a tenant gets of this node, and what each type gets, of those that have a bound or a turn under way or waiting: the tenant
     * first, then the types by name.
     */
    List<TurnLimits> limits(Tenant tenant);

    /** Brings an agent into existence before its first message; nothing of its type is run. One that exists stays as it is. */
    Creation create(Tenant tenant, Address address);

    /**
     * Holds an agent: from now on it begins no turn. A turn under way ends, messages are accepted and wait, queries are
     * answered, timers ring into the inbox. A suspended agent stays so until it is resumed, also across versions of its type.
     * Nothing happens when it is suspended already.
     *
     * @return false when there is no such agent
     */
    boolean suspend(Tenant tenant, Address address);

    /**
     * Lets an agent go on with what waits that is suspended, or quarantined because a message has failed too often: that message
     * is tried again from the beginning. Nothing happens to any other.
     *
     * @return false when there is no such agent
     */
    boolean resume(Tenant tenant, Address address);

    /**
     * Retires an agent: it accepts nothing more, handles what waits, and ends then. What is known of it, and its state, is
     * kept; its timers are gone, and its address refuses messages from then on. While it is suspended what waits goes on
     * waiting: it ends once it has been resumed, or its messages were cancelled. What other agents send to it meanwhile or
     * later becomes a dead letter.
     *
     * @return false when there is no such agent
     */
    boolean retire(Tenant tenant, Address address);

    /**
     * Forgets an agent, retired or not, with everything that belongs to it: state, waiting messages, timers, dead letters.
     * Waiting messages end as cancelled. Its address begins anew with the next message. The disk has traces of it until the
     * store has compacted what it wrote before.
     */
    Purged purge(Tenant tenant, Address address);

    /**
     * Suspends a whole type: no agent of it begins a turn until it is resumed, also across restarts. Turns under way end,
     * messages are accepted and wait, queries are answered.
     *
     * @return false when there is no such type
     */
    boolean suspendType(String type);

    /**
     * Lets a suspended type go on. Nothing happens when it is not suspended.
     *
     * @return false when there is no such type
     */
    boolean resumeType(String type);
}
