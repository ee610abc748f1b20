package org.openclaw.agent.runtime.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.openclaw.agent.AgentFilter;
import org.openclaw.agent.AgentPage;
import org.openclaw.agent.AgentView;
import org.openclaw.agent.Creation;
import org.openclaw.agent.RecentTurn;
import org.openclaw.agent.WaitingMessage;
import org.openclaw.agent.runtime.type.HostedTypes;
import org.openclaw.message.Address;
import org.openclaw.message.Tenant;

/** What operators see of agents and do to them. Thread-safe. */
final class Supervision {
    private static final int MAX_PAGE = 1_000;

    /** How many agents one call of {@link #list} looks at: some milliseconds' worth. */
    static final int MAX_LOOKS = 10_000;

    private final Settings settings;
    private final HostedTypes types;
    private final Directory directory;
    private final RecentTurns recent;
    private final Turns turns;
    private final Announcer announcer;
    private final BooleanSupplier closed;

    Supervision(
            Settings settings,
            HostedTypes types,
            Directory directory,
            RecentTurns recent,
            Turns turns,
            Announcer announcer,
            BooleanSupplier closed) {
        this.settings = settings;
        this.types = types;
        this.directory = directory;
        this.recent = recent;
        this.turns = turns;
        this.announcer = announcer;
        this.closed = closed;
    }

    AgentPage list(Tenant tenant, AgentFilter filter, Optional<Address> after, int limit) {
        checkLimit(limit);
        var found = new ArrayList<AgentView>();
        var last = after;
        int looks = 0;
        var candidates = directory.page(tenant, filter.type(), after).iterator();
        while (candidates.hasNext()) {
            if (found.size() == limit || looks == MAX_LOOKS) {
                return new AgentPage(found, last);
            }
            var mailbox = candidates.next();
            looks++;
            last = Optional.of(mailbox.address());
            if (filter.matches(mailbox.address()) && filter.matches(mailbox.life())) {
                found.add(mailbox.view(false));
            }
        }
        return new AgentPage(found, Optional.empty());
    }

    private static void checkLimit(int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: 1 to " + MAX_PAGE + ")");
        }
    }

    Optional<AgentView> find(Tenant tenant, Address address) {
        return directory.find(tenant, address).map(mailbox -> mailbox.view(true));
    }

    List<WaitingMessage> inbox(Tenant tenant, Address address, int limit) {
        checkLimit(limit);
        return directory
                .find(tenant, address)
                .map(mailbox -> mailbox.waiting(limit))
                .orElse(List.of());
    }

    List<RecentTurn> recentTurns(Tenant tenant, Address address, int limit) {
        checkLimit(limit);
        return directory
                .find(tenant, address)
                .map(mailbox -> mailbox.recent(recent, limit))
                .orElse(List.of());
    }

    Creation create(Tenant tenant, Address address) {
        if (closed.getAsBoolean()) {
            return new Creation.Refused(Refusals.stopping(Refusals.creating(address), settings.drain()));
        }
        if (!types.isHosted(address.type())) {
            return new Creation.Refused(
                    Refusals.unknownType(Refusals.creating(address), address.type(), types.hosted()));
        }
        while (true) {
            if (directory.find(tenant, address).isEmpty() && directory.isFull(settings)) {
                return new Creation.Refused(Refusals.fullOfAgents(address, settings));
            }
            var mailbox = directory.of(tenant, address);
            switch (mailbox.establish()) {
                case NEW -> {
                    announcer.created(address);
                    return new Creation.Created(mailbox.view(true));
                }
                case KNOWN -> {
                    return new Creation.Existed(mailbox.view(true));
                }
                case DRAINING -> {
                    return new Creation.Refused(Refusals.draining(Refusals.creating(address)));
                }
                case GONE -> directory.remove(mailbox);
            }
        }
    }

    boolean suspend(Tenant tenant, Address address) {
        var found = directory.find(tenant, address);
        if (found.filter(Mailbox::suspend).isPresent()) {
            announcer.suspended(address);
        }
        return found.isPresent();
    }

    boolean resume(Tenant tenant, Address address) {
        var found = directory.find(tenant, address);
        if (found.filter(turns::release).isPresent()) {
            announcer.resumed(address);
        }
        return found.isPresent();
    }

    boolean retire(Tenant tenant, Address address) {
        var found = directory.find(tenant, address);
        found.ifPresent(turns::retire);
        return found.isPresent();
    }
}
