package org.openclaw.agent.runtime;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.Agents;
import org.openclaw.agent.runtime.engine.Alarms;
import org.openclaw.agent.runtime.engine.Engine;
import org.openclaw.agent.runtime.engine.Settings;
import org.openclaw.agent.runtime.engine.Surroundings;
import org.openclaw.deploy.Gate;
import org.openclaw.deploy.Verdict;
import org.openclaw.message.MessageBus;
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
 * Wires the engine to the framework: settings in, {@link MessageBus}, {@link Agents} and
 * {@link Vitals} out. The services are registered by
 * hand, after the agents that are here already; so their capability is declared by hand, too.
 */
@Capability(
        namespace = "osgi.service",
        attribute =
                "objectClass:List<String>=\"org.openclaw.message.MessageBus,org.openclaw.agent.Agents,org.openclaw.telemetry.Vitals\"",
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
    private final AlarmClock alarmClock;
    private final AgentTracker agents;
    private final CapabilityTracker capabilities;
    private final SynchronousBundleListener frameworkStop;
    private final ServiceTracker<Events, Events> events;
    private final ServiceRegistration<?> registration;
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

        @AttributeDefinition(name = "Node, messages", description = "Waiting from outside, at most", min = "1")
        int node_messages() default 20_000;

        @AttributeDefinition(name = "Node, bytes", description = "Waiting from outside, at most", min = "1")
        long node_bytes() default 33_554_432;

        @AttributeDefinition(
                name = "Reserve, messages",
                description =
                        "Waiting between agents before senders are slowed down; at twice as many their turns fail",
                min = "1")
        int reserve_messages() default 20_000;

        @AttributeDefinition(name = "Reserve, bytes", description = "The same in bytes", min = "1")
        long reserve_bytes() default 33_554_432;

        @AttributeDefinition(name = "Agents", description = "How many agents may exist", min = "1")
        int agents() default 100_000;

        @AttributeDefinition(
                name = "States, bytes",
                description = "The states of all agents, before new agents are refused",
                min = "1")
        long state_bytes() default 67_108_864;

        @AttributeDefinition(name = "Timers", description = "How many timers one agent may have", min = "1")
        int timers_per_agent() default 1_000;

        @AttributeDefinition(name = "Queries", description = "How many queries may run at the same time", min = "1")
        int queries() default 1_000;

        @AttributeDefinition(name = "Duplicates, seconds", description = "How long they are recognised", min = "1")
        long dedup_seconds() default 600;

        @AttributeDefinition(name = "Duplicates, messages", description = "How many are remembered for that", min = "1")
        int dedup_count() default 100_000;

        @AttributeDefinition(name = "Outcomes, seconds", description = "How long they can be asked for", min = "1")
        long retain_seconds() default 600;

        @AttributeDefinition(name = "Outcomes, messages", description = "How many are kept", min = "1")
        int retain_count() default 20_000;

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
    }

    @Activate
    public AgentRuntime(
            BundleContext context,
            Config config,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL) @Nullable Gate gate)
            throws InvalidSyntaxException {
        this.context = context;
        events = new ServiceTracker<>(context, Events.class, null);
        events.open();
        var alarms = new Alarms();
        var clock = Clock.systemUTC();
        var random = new SecureRandom();
        engine = new Engine(
                settings(config),
                new Surroundings(
                        clock,
                        (name, work) -> Thread.ofVirtual()
                                .name(name)
                                .inheritInheritableThreadLocals(false)
                                .start(work),
                        alarms,
                        random::nextLong,
                        (_, _, _) -> false,
                        (_, _) -> {},
                        this::publish));
        alarmClock = new AlarmClock(clock, alarms, engine::sweep);
        Predicate<Bundle> revoked = bundle -> gate != null && isRefused(gate, bundle);
        capabilities = new CapabilityTracker(context, Duration.ofSeconds(config.drain_seconds()), revoked);
        agents = new AgentTracker(context, engine, revoked);
        frameworkStop = this::changed;
        LOG.warn(
                "Messages, states and timers are kept in memory only: what was accepted is lost when this process ends.");
        context.addBundleListener(frameworkStop);
        capabilities.open();
        agents.open();
        policy = gate == null ? () -> {} : gate.onPolicyChange(agents::withdrawRevoked);
        // last, so that whoever finds the bus finds the agents that are here as well
        registration = context.registerService(
                new String[] {MessageBus.class.getName(), Agents.class.getName(), Vitals.class.getName()},
                engine,
                FrameworkUtil.asDictionary(Map.<String, Object>of()));
    }

    /** Nobody may be there to take it anywhere. */
    private void publish(RuntimeEvent event) {
        Optional.ofNullable(events.getService()).ifPresent(taker -> taker.publish(event));
    }

    /** The gate's verdict is the present one: it judges again before it tells anybody that the policy has changed. */
    static boolean isRefused(Gate gate, Bundle bundle) {
        return gate.verdict(bundle).filter(Verdict.Refused.class::isInstance).isPresent();
    }

    /** @throws IllegalArgumentException naming the setting that is out of its bounds */
    static Settings settings(Config config) {
        return new Settings(
                config.inbox_messages(),
                config.inbox_bytes(),
                config.node_messages(),
                config.node_bytes(),
                config.reserve_messages(),
                config.reserve_bytes(),
                config.agents(),
                config.state_bytes(),
                config.timers_per_agent(),
                config.queries(),
                Duration.ofSeconds(config.dedup_seconds()),
                config.dedup_count(),
                Duration.ofSeconds(config.retain_seconds()),
                config.retain_count(),
                Duration.ofSeconds(config.drain_seconds()),
                Duration.ofSeconds(config.long_turn_seconds()));
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
        agents.close();
        capabilities.close();
        context.removeBundleListener(frameworkStop);
        alarmClock.close();
        events.close();
    }
}
