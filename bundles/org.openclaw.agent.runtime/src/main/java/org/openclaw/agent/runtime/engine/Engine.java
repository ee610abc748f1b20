package org.openclaw.agent.runtime.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.openclaw.agent.AgentFilter;
import org.openclaw.agent.AgentPage;
import org.openclaw.agent.AgentTypeView;
import org.openclaw.agent.AgentView;
import org.openclaw.agent.Agents;
import org.openclaw.agent.Creation;
import org.openclaw.agent.RecentTurn;
import org.openclaw.agent.WaitingMessage;
import org.openclaw.agent.runtime.type.AgentVersion;
import org.openclaw.agent.runtime.type.HostedType;
import org.openclaw.agent.runtime.type.HostedTypes;
import org.openclaw.message.Address;
import org.openclaw.message.Message;
import org.openclaw.message.MessageBus;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.Receipt;
import org.openclaw.message.ReceiptId;
import org.openclaw.message.Tenant;
import org.openclaw.message.TrackedMessage;
import org.openclaw.telemetry.Vitals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a message, in memory: what was accepted is gone when the process is. Thread-safe. Has no thread of its own:
 * its {@link Surroundings} run turns and fire alarms, and its owner calls {@link #sweep} about once a second.
 */
public final class Engine implements MessageBus, Agents, Vitals {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final int RECENT_TURNS = 10_000;
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final Duration SLICE = Duration.ofMillis(100);

    private final Settings settings;
    private final Surroundings world;
    private final HostedTypes types = new HostedTypes();
    private final Directory directory;
    private final Receipts receipts;
    private final Receipts queryReceipts;
    private final Rooms rooms;
    private final Calls calls = new Calls();
    private final Activity activity = new Activity();
    private final Counters counters = new Counters();
    private final RecentTurns recent = new RecentTurns(RECENT_TURNS);
    private final Announcer announcer;
    private final Turns turns;
    private final Door door;
    private final Supervision supervision;
    private final List<AgentVersion> activated = new CopyOnWriteArrayList<>();

    public Engine(Settings settings, Surroundings world) {
        this.settings = settings;
        this.world = world;
        directory = new Directory(types, world.clock());
        receipts = new Receipts(settings.retainFor(), settings.retainCount(), world.observer());
        queryReceipts = new Receipts(settings.retainFor(), settings.retainCount(), world.observer());
        rooms = new Rooms(settings, world.clock());
        announcer = new Announcer(world.clock(), world.events());
        turns = new Turns(
                settings, world, types, directory, receipts, rooms, calls, activity, counters, recent, announcer);
        var queries = new Queries(settings, world, queryReceipts, calls, activity, counters);
        door = new Door(settings, world, types, directory, receipts, rooms, turns, queries, counters);
        supervision = new Supervision(settings, types, directory, recent, turns, announcer, door::isClosed);
    }

    /** Takes a version into service. If it is the highest of its type, every next turn runs on it. */
    public void add(AgentVersion version) {
        activated.add(version);
        types.add(version);
        if (types.of(version.type()).serving().filter(version::equals).isPresent()) {
            announcer.serving(version.type(), version.version());
        }
    }

    /**
     * Takes a version out of service and waits until the turns and queries in flight on it have ended. Those that have not
     * after the drain deadline are interrupted and do not count; their messages wait for another version.
     *
     * @return false when a handler did not even end after that: its agent stays quarantined until it does
     */
    public boolean remove(AgentVersion version) throws InterruptedException {
        return remove(version, () -> false);
    }

    /**
     * The same, but what is in flight is interrupted as soon as the version is revoked, before it or while it drains.
     *
     * @param revoked whether it is; asked ten times a second
     */
    public boolean remove(AgentVersion version, BooleanSupplier revoked) throws InterruptedException {
        var type = types.of(version.type());
        boolean served = type.serving().filter(version::equals).isPresent();
        types.remove(version);
        activated.remove(version);
        if (served && !door.isClosed()) {
            type.serving()
                    .ifPresentOrElse(
                            next -> announcer.serving(type.name(), next.version()),
                            () -> announcer.stranded(type.name(), type.strandedText()));
        }
        try {
            return version.leases().awaitDrained(settings.drain(), revoked, SLICE)
                    || giveUp(
                            version,
                            revoked.getAsBoolean()
                                    ? "its bundle has been revoked"
                                    : "it had " + settings.drain().toSeconds() + " s to end");
        } finally {
            version.states().clear();
        }
    }

    private boolean giveUp(AgentVersion version, String why) throws InterruptedException {
        for (long slice = 0; slice < GRACE.dividedBy(SLICE); slice++) {
            calls.of(version).forEach(call -> abandon(call, why));
            if (version.leases().awaitDrained(SLICE)) {
                return true;
            }
        }
        LOG.warn(
                "{} handlers of {} did not end when they were interrupted. Their agents are quarantined until they do;"
                        + " their threads keep the classes of that version in memory.",
                version.leases().count(),
                version);
        return false;
    }

    private void abandon(Call call, String why) {
        if (call.abandon()) {
            LOG.warn(
                    "Interrupted the handler of {} (tenant {}) for a {} on {}: {}.",
                    call.address(),
                    call.tenant(),
                    call.messageType(),
                    call.version(),
                    why);
            directory
                    .find(call.tenant(), call.address())
                    .ifPresent(mailbox -> quarantine(
                            mailbox,
                            call.version() + " was taken away, and its turn for " + call.messageType()
                                    + " does not end."));
        }
    }

    private void quarantine(Mailbox mailbox, String why) {
        if (mailbox.stuck(why)) {
            announcer.quarantined(mailbox.address(), why);
        }
    }

    /** The version of a type that runs the next turn. */
    public Optional<String> serving(String type) {
        return types.find(type).flatMap(HostedType::serving).map(AgentVersion::version);
    }

    /** Forgets what is over time and reports turns that take long. */
    public void sweep() {
        var now = world.clock().instant();
        receipts.forget(now);
        queryReceipts.forget(now);
        announcer.sweep();
        overdue().forEach(LOG::warn);
    }

    /** What there is to say about handlers that have taken too long and were not reported lately. */
    List<String> overdue() {
        return calls.overdue(world.clock().instant());
    }

    /** Refuses every new message; what was accepted goes on. */
    public void close() {
        door.close();
    }

    /**
     * Refuses new messages, lets what was accepted go on until nothing is left to do or the drain deadline is over, then
     * takes the versions out of service, the last one first. What waits then is lost, and its outcome says so.
     *
     * @return the number of messages that were lost
     */
    public int stop() throws InterruptedException {
        close();
        activity.awaitQuiet(settings.drain());
        turns.close();
        calls.all().forEach(call -> abandon(call, "the node stops"));
        activity.awaitQuiet(GRACE);
        var cause = "This node has stopped, and it keeps messages in memory only. Send it again.";
        int lost = turns.abandonAll("node.stopped", cause);
        for (var call : calls.all()) {
            receipts.end(
                    call.tracked(),
                    new MessageStatus.Dead(world.clock().instant(), "node.stopped", cause),
                    world.clock().instant());
            lost++;
        }
        for (var version : activated.reversed()) {
            types.remove(version);
            version.states().clear();
        }
        activated.clear();
        if (lost > 0) {
            LOG.error("Lost {} accepted messages that were not handled before this node stopped.", lost);
        }
        return lost;
    }

    @Override
    public Receipt send(Tenant tenant, Address to, Message message) {
        return door.send(tenant, to, message);
    }

    @Override
    public Optional<TrackedMessage> find(Tenant tenant, ReceiptId receipt) {
        return tracked(tenant, receipt)
                .map(found -> new TrackedMessage(
                        found.id(), found.to(), found.type(), found.acceptedAt(), withReason(found)));
    }

    private Optional<Tracked> tracked(Tenant tenant, ReceiptId receipt) {
        return receipts.find(tenant, receipt).or(() -> queryReceipts.find(tenant, receipt));
    }

    private MessageStatus withReason(Tracked tracked) {
        var status = tracked.status();
        if (status instanceof MessageStatus.Waiting(var reason) && reason.isEmpty()) {
            return new MessageStatus.Waiting(
                    directory.find(tracked.tenant(), tracked.to()).flatMap(Mailbox::obstacleText));
        }
        return status;
    }

    @Override
    public Optional<CompletionStage<MessageStatus>> outcome(Tenant tenant, ReceiptId receipt) {
        return tracked(tenant, receipt).map(Tracked::outcome);
    }

    @Override
    public Optional<MessageStatus> cancel(Tenant tenant, ReceiptId receipt) {
        var found = tracked(tenant, receipt);
        found.flatMap(tracked -> directory.find(tenant, tracked.to()))
                .ifPresent(mailbox -> mailbox.withdraw(receipt).ifPresent(entry -> {
                    rooms.give(entry);
                    var now = world.clock().instant();
                    mailbox.ended(recent, RecentTurns.cancelled(entry.tracked(), now));
                    receipts.end(entry.tracked(), new MessageStatus.Cancelled(now), now);
                    turns.forgetIfDrained(mailbox);
                }));
        return found.map(this::withReason);
    }

    @Override
    public List<AgentTypeView> types() {
        return types.all().stream()
                .filter(type -> type.everInstalled() || type.agents().get() > 0)
                .map(Engine::view)
                .toList();
    }

    private static AgentTypeView view(HostedType type) {
        var versions = type.versions();
        var serving = versions.stream().findFirst();
        var messages = new ArrayList<AgentTypeView.MessageView>();
        serving.ifPresent(version -> version.descriptor()
                .messages()
                .forEach(
                        form -> messages.add(new AgentTypeView.MessageView(form.type(), form.query(), form.schema()))));
        return new AgentTypeView(
                type.name(),
                serving.map(AgentVersion::version),
                versions.stream().map(AgentVersion::version).toList(),
                messages,
                serving.map(version -> version.descriptor().state().schema()),
                type.agents().get(),
                type.counts());
    }

    @Override
    public AgentPage list(Tenant tenant, AgentFilter filter, Optional<Address> after, int limit) {
        return supervision.list(tenant, filter, after, limit);
    }

    @Override
    public Optional<AgentView> find(Tenant tenant, Address address) {
        return supervision.find(tenant, address);
    }

    @Override
    public List<WaitingMessage> inbox(Tenant tenant, Address address, int limit) {
        return supervision.inbox(tenant, address, limit);
    }

    @Override
    public List<RecentTurn> recentTurns(Tenant tenant, Address address, int limit) {
        return supervision.recentTurns(tenant, address, limit);
    }

    @Override
    public Creation create(Tenant tenant, Address address) {
        return supervision.create(tenant, address);
    }

    @Override
    public boolean suspend(Tenant tenant, Address address) {
        return supervision.suspend(tenant, address);
    }

    @Override
    public boolean resume(Tenant tenant, Address address) {
        return supervision.resume(tenant, address);
    }

    @Override
    public boolean retire(Tenant tenant, Address address) {
        return supervision.retire(tenant, address);
    }

    @Override
    public Reading read() {
        return counters.read(rooms.taken());
    }
}
