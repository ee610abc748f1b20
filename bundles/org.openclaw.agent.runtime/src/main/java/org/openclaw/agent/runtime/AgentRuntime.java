package org.openclaw.agent.runtime;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.AgentEvents;
import org.openclaw.agent.Agents;
import org.openclaw.agent.DeadLetters;
import org.openclaw.agent.Previews;
import org.openclaw.agent.Waits;
import org.openclaw.agent.runtime.capability.Guards;
import org.openclaw.agent.runtime.capability.Instruments;
import org.openclaw.agent.runtime.capability.SettingsTracker;
import org.openclaw.agent.runtime.engine.AlarmClock;
import org.openclaw.agent.runtime.engine.Alarms;
import org.openclaw.agent.runtime.engine.Engine;
import org.openclaw.agent.runtime.engine.EngineThread;
import org.openclaw.agent.runtime.engine.Settings;
import org.openclaw.agent.runtime.engine.Shares;
import org.openclaw.agent.runtime.engine.StepBounds;
import org.openclaw.agent.runtime.engine.Surroundings;
import org.openclaw.agent.runtime.engine.TopicBounds;
import org.openclaw.agent.runtime.engine.Watchdog;
import org.openclaw.capability.Capabilities;
import org.openclaw.capability.CapabilityView;
import org.openclaw.deploy.Gate;
import org.openclaw.deploy.Verdict;
import org.openclaw.message.MessageBus;
import org.openclaw.message.Topics;
import org.openclaw.schema.SchemaRegistry;
import org.openclaw.schema.Schemas;
import org.openclaw.store.TurnStore;
import org.openclaw.telemetry.Events;
import org.openclaw.telemetry.RuntimeEvent;
import org.openclaw.telemetry.Vitals;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wires the engine to the framework: settings and a {@link TurnStore} in, {@link MessageBus}, {@link Agents},
 * {@link DeadLetters}, {@link Waits}, {@link Topics}, {@link Vitals} and {@link Capabilities} out. The services are registered by
 * hand, after the agents that are here already; so their capability is declared by hand, too.
 */
@Capability(
        namespace = "osgi.service",
        attribute =
                "objectClass:List<String>=\"org.openclaw.message.MessageBus,org.openclaw.agent.Agents,org.openclaw.agent.DeadLetters,org.openclaw.agent.Waits,org.openclaw.message.Topics,org.openclaw.telemetry.Vitals\"",
        effective = "active")
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"org.openclaw.capability.Capabilities\"",
        effective = "active")
@Component(
        immediate = true,
        service = {},
        configurationPid = "org.openclaw.agent.runtime")
@Designate(ocd = AgentRuntime.Config.class)
public final class AgentRuntime {
    private static final Logger LOG = LoggerFactory.getLogger(AgentRuntime.class);

    private final BundleContext context;
    private final Engine engine;
    private final EngineThread core;
    private final EngineThread disk;
    private final AlarmClock alarmClock;
    private final Watchdog watchdog;
    private final AgentTracker agents;
    private final Guards guards;
    private final SettingsTracker limits;
    private final CapabilityTracker capabilities;
    private final SynchronousBundleListener frameworkStop;
    private final ServiceTracker<Events, Events> events;
    private final ServiceRegistration<Waits> waits;
    private final ServiceRegistration<AgentEvents> watched;
    private final ServiceRegistration<Topics> topics;
    private final ServiceRegistration<Previews> previewed;
    private final ServiceRegistration<?> registration;
    private final ServiceRegistration<?> shown;
    private final AutoCloseable policy;

    /** The settings. Sizes are in bytes, times in seconds. */
    @ObjectClassDefinition(
            name = "OpenClaw agent runtime",
            description = "Bounds of inboxes and of the node, and how long things are kept")
    public @interface Config {
        @AttributeDefinition(name = "Inbox, messages", description = "Waiting for one agent at most", min = "1")
        int inbox_messages() default 1_000;

        @AttributeDefinition(
                name = "Inbox, bytes",
                description = "Waiting for one agent at most; also the greatest body",
                min = "1")
        long inbox_bytes() default 4_194_304;

        @AttributeDefinition(
                name = "Type, messages",
                description = "Waiting from outside for all agents of one type, at most; 0: half of the node's",
                min = "0")
        int type_messages() default 0;

        @AttributeDefinition(name = "Type, bytes", description = "The same in bytes", min = "0")
        long type_bytes() default 0;

        @AttributeDefinition(
                name = "Tenant, messages",
                description = "Waiting from outside for all agents of one tenant, at most; 0: as many as the node's",
                min = "0")
        int tenant_messages() default 0;

        @AttributeDefinition(name = "Tenant, bytes", description = "The same in bytes", min = "0")
        long tenant_bytes() default 0;

        @AttributeDefinition(
                name = "Node, messages",
                description = "Waiting from outside, at most; 0: one for each KiB of the greatest heap",
                min = "0")
        int node_messages() default 0;

        @AttributeDefinition(
                name = "Node, bytes",
                description = "Waiting from outside, at most, on the disk; 0: four times the greatest heap",
                min = "0")
        long node_bytes() default 0;

        @AttributeDefinition(
                name = "Reserve, messages",
                description =
                        "Waiting between agents before senders are slowed down; at twice as many their turns fail; 0: as many as the node's",
                min = "0")
        int reserve_messages() default 0;

        @AttributeDefinition(name = "Reserve, bytes", description = "The same in bytes", min = "0")
        long reserve_bytes() default 0;

        @AttributeDefinition(name = "Agents", description = "How many agents may exist", min = "1")
        int agents() default 10_000_000;

        @AttributeDefinition(
                name = "Resident agents",
                description = "How many agents that rest stay in memory; 0: one for each 4 KiB of the greatest heap",
                min = "0")
        int resident_agents() default 0;

        @AttributeDefinition(
                name = "Resident states, bytes",
                description = "How much the states of agents that rest may take in memory; 0: an eighth of the heap",
                min = "0")
        long resident_bytes() default 0;

        @AttributeDefinition(
                name = "Passivation, seconds",
                description = "How long an agent rests before it leaves the memory",
                min = "1")
        long passivate_seconds() default 60;

        @AttributeDefinition(name = "Timers", description = "How many timers one agent may have", min = "1")
        int timers_per_agent() default 1_000;

        @AttributeDefinition(name = "Queries", description = "How many queries may run at the same time", min = "1")
        int queries() default 1_000;

        @AttributeDefinition(
                name = "Weights",
                description =
                        "What tenants, and the types of one tenant, get while several have turns waiting; 1 for those that are not named. Each as tenant:NAME=WEIGHT or type:NAME=WEIGHT")
        String[] fair_weights() default {};

        @AttributeDefinition(
                name = "Turns at once",
                description =
                        "How many turns may be under way at once; no bound for those that are not named. Each as tenant:NAME=COUNT or type:NAME=COUNT")
        String[] concurrent_turns() default {};

        @AttributeDefinition(
                name = "Turns a second",
                description =
                        "How many turns may begin in a second; no bound for those that are not named. Each as tenant:NAME=COUNT or type:NAME=COUNT")
        String[] rate_turns() default {};

        @AttributeDefinition(
                name = "Turn, bytes",
                description = "The state, messages, timers and reply of one turn together, at most",
                min = "1")
        long turn_bytes() default 8_388_608;

        @AttributeDefinition(
                name = "Step, bytes",
                description =
                        "The result of one step, at most; it is in memory as a whole when it is recorded and read",
                min = "65536",
                max = "268435456")
        int step_bytes() default 16_777_216;

        @AttributeDefinition(
                name = "Steps of a turn, bytes",
                description = "The results of all steps of one turn, at most, on the disk until it is committed",
                min = "65536",
                max = "17179869184")
        long turn_steps_bytes() default 67_108_864;

        @AttributeDefinition(name = "Duplicates, seconds", description = "How long they are recognised", min = "1")
        long dedup_seconds() default 600;

        @AttributeDefinition(name = "Duplicates, messages", description = "How many are remembered for that", min = "1")
        int dedup_count() default 100_000;

        @AttributeDefinition(name = "Outcomes, seconds", description = "How long they can be asked for", min = "1")
        long retain_seconds() default 600;

        @AttributeDefinition(name = "Outcomes, messages", description = "How many are kept", min = "1")
        int retain_count() default 100_000;

        @AttributeDefinition(
                name = "Dead letters",
                description = "How many are kept; beyond, agents whose messages fail are quarantined",
                min = "1")
        int dead_letters() default 100_000;

        @AttributeDefinition(
                name = "Drain, seconds",
                description = "How long turns in flight may take to end when their version or the node goes",
                min = "1")
        long drain_seconds() default 30;

        @AttributeDefinition(
                name = "Long turn, seconds",
                description = "From which length on a turn is reported with its stack",
                min = "1")
        long long_turn_seconds() default 60;

        @AttributeDefinition(
                name = "Turn limit, seconds",
                description = "How long a turn may take before it is interrupted, unless its type says otherwise",
                min = "1")
        long turn_limit_seconds() default 900;

        @AttributeDefinition(
                name = "Disk reserve, bytes",
                description = "What is left free on the disk of the data: below, new messages are refused",
                min = "0")
        long disk_reserve() default 268_435_456;

        @AttributeDefinition(name = "Topics", description = "How many topics one tenant may have", min = "1")
        int topics() default 1_000;

        @AttributeDefinition(
                name = "Topics, subscriptions",
                description = "How many one tenant may have, to all of its topics",
                min = "1")
        int topic_subscriptions() default 1_000;

        @AttributeDefinition(
                name = "Topics, outstanding",
                description = "How many publications one subscription may have waiting in inboxes",
                min = "1")
        int topic_outstanding() default 100;

        @AttributeDefinition(
                name = "Topics, seconds",
                description = "How long publications are retained; longer those that a subscription has not taken yet",
                min = "1")
        long topic_retain_seconds() default 86_400;

        @AttributeDefinition(
                name = "Topics, bytes",
                description =
                        "How much is retained of all topics; beyond, publishing is refused where a subscription lags, at twice as much always",
                min = "1")
        long topic_retain_bytes() default 2_147_483_648L;
    }

    @Activate
    public AgentRuntime(
            BundleContext context,
            Config config,
            @Reference TurnStore store,
            @Reference Schemas schemas,
            @Reference SchemaRegistry registry,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL) @Nullable Gate gate)
            throws InvalidSyntaxException, InterruptedException {
        this.context = context;
        events = new ServiceTracker<>(context, Events.class, null);
        events.open();
        var alarms = new Alarms();
        var clock = Clock.systemUTC();
        core = new EngineThread("openclaw-core");
        disk = new EngineThread("openclaw-commit");
        engine = engine(
                settings(config, Settings.fittingThisJvm()),
                new Surroundings(
                        store,
                        core,
                        disk::commit,
                        clock,
                        System::nanoTime,
                        AgentRuntime::startVirtual,
                        alarms,
                        new Seeds(new SecureRandom()),
                        (_, _, _, _) -> false,
                        (_, _) -> {},
                        this::publish));
        alarmClock = new AlarmClock(clock, alarms, engine::sweep);
        watchdog = new Watchdog(engine);
        Predicate<Bundle> revoked = bundle -> gate != null && isRefused(gate, bundle);
        guards = new Guards(new Instruments(clock, System::nanoTime, this::publish, this::callers));
        limits = new SettingsTracker(context, guards);
        capabilities = new CapabilityTracker(context, Duration.ofSeconds(config.drain_seconds()), revoked, guards);
        agents = new AgentTracker(context, engine, schemas, registry, revoked);
        frameworkStop = this::changed;
        context.addBundleListener(frameworkStop);
        // first, so that no call goes by its limits
        limits.open();
        capabilities.open();
        agents.open();
        policy = gate == null ? () -> {} : gate.onPolicyChange(agents::withdrawRevoked);
        waits = context.registerService(Waits.class, engine.waits(), FrameworkUtil.asDictionary(Map.of()));
        watched = context.registerService(AgentEvents.class, engine.events(), FrameworkUtil.asDictionary(Map.of()));
        topics = context.registerService(Topics.class, engine.topics(), FrameworkUtil.asDictionary(Map.of()));
        previewed = context.registerService(Previews.class, engine.previews(), FrameworkUtil.asDictionary(Map.of()));
        shown = context.registerService(
                Capabilities.class, guards, FrameworkUtil.asDictionary(Map.<String, Object>of()));
        // last, so that whoever finds the bus finds the agents that are here as well
        registration = context.registerService(
                new String[] {
                    MessageBus.class.getName(),
                    Agents.class.getName(),
                    DeadLetters.class.getName(),
                    Vitals.class.getName()
                },
                engine,
                FrameworkUtil.asDictionary(Map.<String, Object>of()));
    }

    private Map<Thread, CapabilityView.Caller> callers() {
        return engine.atWork().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        work -> new CapabilityView.Caller(
                                work.getValue().tenant(), work.getValue().address())));
    }

    /** Nobody may be there to take it anywhere. */
    private void publish(RuntimeEvent event) {
        Optional.ofNullable(events.getService()).ifPresent(taker -> taker.publish(event));
    }

    /** The gate's verdict is the present one: it judges again before it tells anybody that the policy has changed. */
    static boolean isRefused(Gate gate, Bundle bundle) {
        return gate.verdict(bundle).filter(Verdict.Refused.class::isInstance).isPresent();
    }

    /** What cannot be read leaves no thread behind, and says so once. */
    private Engine engine(Settings settings, Surroundings world) throws InterruptedException {
        try {
            return new Engine(settings, world);
        } catch (RuntimeException unreadable) {
            core.close();
            disk.close();
            events.close();
            throw unreadable;
        }
    }

    private static void startVirtual(String name, Runnable work) {
        Thread.ofVirtual().name(name).inheritInheritableThreadLocals(false).start(work);
    }

    /**
     * @param fitting what holds where the configuration says nothing
     * @throws IllegalArgumentException naming the setting that is out of its bounds
     */
    static Settings settings(Config config, Settings fitting) {
        int nodeMessages = or(config.node_messages(), fitting.nodeMessages());
        long nodeBytes = or(config.node_bytes(), fitting.nodeBytes());
        return new Settings(
                config.inbox_messages(),
                config.inbox_bytes(),
                or(config.type_messages(), Math.max(1, nodeMessages / 2)),
                or(config.type_bytes(), Math.max(1, nodeBytes / 2)),
                or(config.tenant_messages(), nodeMessages),
                or(config.tenant_bytes(), nodeBytes),
                nodeMessages,
                nodeBytes,
                or(config.reserve_messages(), nodeMessages),
                or(config.reserve_bytes(), nodeBytes),
                config.agents(),
                or(config.resident_agents(), fitting.residentAgents()),
                or(config.resident_bytes(), fitting.residentBytes()),
                Duration.ofSeconds(config.passivate_seconds()),
                config.timers_per_agent(),
                config.queries(),
                fitting.turnsStarting(),
                fitting.turnsAhead(),
                Shares.of(
                        List.of(config.fair_weights()),
                        List.of(config.concurrent_turns()),
                        List.of(config.rate_turns())),
                config.turn_bytes(),
                new StepBounds(StepBounds.USUAL.inline(), config.step_bytes(), config.turn_steps_bytes()),
                Duration.ofSeconds(config.dedup_seconds()),
                config.dedup_count(),
                Duration.ofSeconds(config.retain_seconds()),
                config.retain_count(),
                config.dead_letters(),
                Duration.ofSeconds(config.drain_seconds()),
                Duration.ofSeconds(config.long_turn_seconds()),
                Duration.ofSeconds(config.turn_limit_seconds()),
                config.disk_reserve(),
                new TopicBounds(
                        config.topics(),
                        config.topic_subscriptions(),
                        config.topic_outstanding(),
                        Duration.ofSeconds(config.topic_retain_seconds()),
                        config.topic_retain_bytes()));
    }

    private static int or(int said, int byTheMachine) {
        return said == 0 ? byTheMachine : said;
    }

    private static long or(long said, long byTheMachine) {
        return said == 0 ? byTheMachine : said;
    }

    /** The framework says so before it stops any bundle: while all agents are still here, what waits can be handled. */
    private void changed(BundleEvent event) {
        if (isFrameworkStopping(event)) {
            drain();
        }
    }

    static boolean isFrameworkStopping(BundleEvent event) {
        return event.getType() == BundleEvent.STOPPING && event.getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID;
    }

    private void drain() {
        try {
            engine.stop();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            LOG.warn("Did not wait for the turns in flight: interrupted.");
        }
    }

    /** Refuses new messages, ends what is under way within the drain deadline, and lets go of everything. */
    @Deactivate
    void close() throws InterruptedException {
        drain();
        try {
            policy.close();
        } catch (Exception failed) {
            LOG.warn("The gate did not let go of the listener: {}", failed.toString());
        }
        registration.unregister();
        waits.unregister();
        watched.unregister();
        topics.unregister();
        previewed.unregister();
        agents.close();
        shown.unregister();
        capabilities.close();
        limits.close();
        guards.close();
        context.removeBundleListener(frameworkStop);
        watchdog.close();
        alarmClock.close();
        core.close();
        disk.close();
        events.close();
    }
}
