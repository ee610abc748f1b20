package org.openclaw.gateway.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openclaw.agent.AgentFilter;
import org.openclaw.agent.AgentPage;
import org.openclaw.agent.AgentState;
import org.openclaw.agent.AgentTypeView;
import org.openclaw.agent.AgentView;
import org.openclaw.agent.Agents;
import org.openclaw.agent.Creation;
import org.openclaw.agent.Purged;
import org.openclaw.agent.RecentTurn;
import org.openclaw.agent.StepView;
import org.openclaw.agent.TurnLimits;
import org.openclaw.agent.WaitingMessage;
import org.openclaw.message.Address;
import org.openclaw.message.Body;
import org.openclaw.message.Refusal;
import org.openclaw.message.Tenant;

/** The agents that a test lists. */
final class ListedAgents implements Agents {
    static final Instant AT = Instant.parse("2026-11-01T12:00:00Z");

    final List<AgentTypeView> types = new ArrayList<>();
    final List<AgentView> agents = new ArrayList<>();
    final List<WaitingMessage> inbox = new ArrayList<>();
    final List<StepView> steps = new ArrayList<>();
    final List<RecentTurn> recent = new ArrayList<>();
    final List<TurnLimits> limits = new ArrayList<>();
    Optional<Refusal> refusal = Optional.empty();
    AgentFilter filter = AgentFilter.ALL;
    boolean busy;

    /** An agent at rest. */
    static AgentView view(Address address, AgentState state) {
        return new AgentView(
                address,
                state,
                state == AgentState.SUSPENDED,
                Optional.empty(),
                Optional.of("1.0.0"),
                0,
                0,
                0,
                AT,
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    @Override
    public List<AgentTypeView> types() {
        return List.copyOf(types);
    }

    /** Looks at one agent more than it lists. */
    @Override
    public AgentPage list(Tenant tenant, AgentFilter filter, Optional<Address> after, int limit) {
        this.filter = filter;
        var behind = agents.stream()
                .filter(agent -> filter.matches(agent.address()) && filter.matches(agent.state()))
                .filter(agent -> after.isEmpty() || agent.address().compareTo(after.get()) > 0)
                .toList();
        var page = behind.stream().limit(limit).toList();
        return new AgentPage(
                page, behind.size() > limit ? Optional.of(page.getLast().address()) : Optional.empty());
    }

    @Override
    public Optional<AgentView> find(Tenant tenant, Address address) {
        return agents.stream().filter(agent -> agent.address().equals(address)).findFirst();
    }

    @Override
    public List<WaitingMessage> inbox(Tenant tenant, Address address, int limit, int bodies) {
        return inbox.stream()
                .limit(limit)
                .map(message -> new WaitingMessage(
                        message.receipt(),
                        message.type(),
                        message.source(),
                        message.acceptedAt(),
                        message.bytes(),
                        message.body().filter(body -> bodies > body.size()),
                        message.delivery()))
                .toList();
    }

    @Override
    public List<AgentView.Timer> timers(Tenant tenant, Address address, int bodies) {
        return find(tenant, address).orElseThrow().timers().stream()
                .map(timer -> new AgentView.Timer(
                        timer.name(),
                        timer.due(),
                        timer.type(),
                        timer.schedule(),
                        Optional.of(Body.json("{\"late\":true}")).filter(body -> bodies > body.size())))
                .toList();
    }

    @Override
    public List<StepView> steps(Tenant tenant, Address address, int bodies) {
        return steps.stream()
                .map(step -> new StepView(
                        step.name(),
                        step.endedAt(),
                        step.took(),
                        step.attempts(),
                        step.cause(),
                        step.bytes(),
                        step.beside(),
                        step.result().filter(result -> bodies > result.size())))
                .toList();
    }

    @Override
    public List<TurnLimits> limits(Tenant tenant) {
        return List.copyOf(limits);
    }

    @Override
    public List<RecentTurn> recentTurns(Tenant tenant, Address address, int limit) {
        return recent.stream().limit(limit).toList();
    }

    @Override
    public Creation create(Tenant tenant, Address address) {
        if (refusal.isPresent()) {
            return new Creation.Refused(refusal.get());
        }
        var known = find(tenant, address);
        if (known.isPresent()) {
            return new Creation.Existed(known.get());
        }
        agents.add(view(address, AgentState.PASSIVE));
        return new Creation.Created(agents.getLast());
    }

    @Override
    public boolean suspend(Tenant tenant, Address address) {
        return become(address, AgentState.SUSPENDED);
    }

    @Override
    public boolean resume(Tenant tenant, Address address) {
        return become(address, AgentState.PASSIVE);
    }

    @Override
    public Purged purge(Tenant tenant, Address address) {
        if (busy) {
            return Purged.BUSY;
        }
        return agents.removeIf(agent -> agent.address().equals(address)) ? Purged.DONE : Purged.UNKNOWN;
    }

    @Override
    public boolean suspendType(String type) {
        return suspend(type, true);
    }

    @Override
    public boolean resumeType(String type) {
        return suspend(type, false);
    }

    private boolean suspend(String type, boolean now) {
        var known = types.stream().filter(view -> view.name().equals(type)).findFirst();
        known.ifPresent(view -> types.set(
                types.indexOf(view),
                new AgentTypeView(
                        view.name(),
                        view.serving(),
                        view.resident(),
                        view.messages(),
                        view.state(),
                        now,
                        view.agents(),
                        view.counts())));
        return known.isPresent();
    }

    /** One that is retired stays so. */
    private boolean become(Address address, AgentState state) {
        boolean known =
                agents.removeIf(agent -> agent.address().equals(address) && agent.state() != AgentState.RETIRED);
        if (known) {
            agents.add(view(address, state));
        }
        return known;
    }

    /** A busy one handles what waits first. */
    @Override
    public boolean retire(Tenant tenant, Address address) {
        return become(address, busy ? AgentState.DRAINING : AgentState.RETIRED);
    }
}
