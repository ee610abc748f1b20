package org.openclaw.telemetry.health;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.Agents;
import org.openclaw.agent.DeadLetters;
import org.openclaw.deploy.Deployments;
import org.openclaw.deploy.Trust;
import org.openclaw.schema.SchemaRegistry;
import org.openclaw.telemetry.EventSink;
import org.openclaw.telemetry.NodeHealth;
import org.openclaw.telemetry.NodeStatus;
import org.openclaw.telemetry.RuntimeEvent;
import org.openclaw.telemetry.Vitals;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Watches the node. What it watches may come and go; what is away counts as nothing. */
@Component(
        service = {NodeHealth.class, EventSink.class},
        immediate = true,
        configurationPid = "org.openclaw.telemetry.health")
@Designate(ocd = Health.Settings.class)
public final class Health implements NodeHealth, EventSink {
    private final EventLog log = new EventLog();
    private final StatusReader reader;
    private final Ticker ticker;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Agents agents;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable DeadLetters deadLetters;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Vitals vitals;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Deployments deployments;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Trust trust;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable SchemaRegistry schemas;

    /** From where on something is worth a finding. */
    @ObjectClassDefinition(
            name = "OpenClaw health",
            description = "From where on the console and 'claw doctor' ask for an operator's attention")
    public @interface Settings {
        @AttributeDefinition(
                name = "Disk, percent",
                description = "Less than so much free is worth a finding",
                min = "0",
                max = "100")
        double disk_free_percent() default 5;

        @AttributeDefinition(
                name = "Disk, bytes",
                description = "Less than so much free is worth a finding, too",
                min = "0")
        long disk_free_bytes() default 536_870_912;

        @AttributeDefinition(
                name = "Heap, percent",
                description = "More than so much still used after a collection is worth a finding",
                min = "1",
                max = "100")
        double heap_percent() default 90;

        @AttributeDefinition(
                name = "Failed turns, percent",
                description = "More than so much of the turns of a minute is worth a finding",
                min = "0",
                max = "100")
        double failed_percent() default 1;

        @AttributeDefinition(
                name = "Failed turns",
                description = "Fewer in a minute are never worth a finding",
                min = "1")
        long failed_turns() default 3;
    }

    @Activate
    public Health(BundleContext context, Settings settings) {
        var clock = Clock.systemUTC();
        var data = Path.of(property(context, "openclaw.data", "."));
        var parts = new StatusReader.Parts(
                () -> Optional.ofNullable(agents),
                () -> Optional.ofNullable(deadLetters),
                () -> Optional.ofNullable(vitals),
                () -> Optional.ofNullable(deployments),
                () -> Optional.ofNullable(trust),
                () -> Optional.ofNullable(schemas));
        var node = new StatusReader.Node(
                property(context, "openclaw.version", "unknown"),
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()),
                data.toString());
        var machine = new JvmMachine(data);
        var sampler = new Sampler(parts.vitals(), machine, clock);
        reader = new StatusReader(node, parts, machine, sampler, log, limits(settings), clock);
        ticker = new Ticker("openclaw-health", Sampler.INTERVAL, sampler::sample);
    }

    private static String property(BundleContext context, String name, String otherwise) {
        return Optional.ofNullable(context.getProperty(name)).orElse(otherwise);
    }

    /** @throws IllegalArgumentException naming the setting that is out of its bounds */
    static Limits limits(Settings settings) {
        return new Limits(
                settings.disk_free_percent(),
                settings.disk_free_bytes(),
                settings.heap_percent(),
                settings.failed_percent(),
                settings.failed_turns());
    }

    @Override
    public NodeStatus status() {
        return reader.read();
    }

    @Override
    public void accept(RuntimeEvent event) {
        log.add(event);
    }

    @Deactivate
    void close() throws InterruptedException {
        ticker.close();
    }
}
