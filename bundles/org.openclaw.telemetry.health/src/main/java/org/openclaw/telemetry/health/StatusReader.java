package org.openclaw.telemetry.health;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.openclaw.agent.AgentTypeView;
import org.openclaw.agent.Agents;
import org.openclaw.agent.DeadLetters;
import org.openclaw.deploy.DeployedFile;
import org.openclaw.deploy.Deployments;
import org.openclaw.deploy.Trust;
import org.openclaw.schema.SchemaRegistry;
import org.openclaw.telemetry.Finding;
import org.openclaw.telemetry.NodeStatus;
import org.openclaw.telemetry.Vitals;

/** Puts the status of the node together, anew at each call. Thread-safe. */
final class StatusReader {
    private final Node node;
    private final Parts parts;
    private final Machine machine;
    private final Sampler sampler;
    private final EventLog events;
    private final Limits limits;
    private final InstantSource clock;
    private final Readiness readiness = new Readiness();

    StatusReader(
            Node node,
            Parts parts,
            Machine machine,
            Sampler sampler,
            EventLog events,
            Limits limits,
            InstantSource clock) {
        this.node = node;
        this.parts = parts;
        this.machine = machine;
        this.sampler = sampler;
        this.events = events;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * What never changes.
     *
     * @param version of OpenClaw
     * @param startedAt when the process began
     * @param data the folder of the data
     */
    record Node(String version, Instant startedAt, String data) {}

    /** What comes and goes. */
    record Parts(
            Supplier<Optional<Agents>> agents,
            Supplier<Optional<DeadLetters>> deadLetters,
            Supplier<Optional<Vitals>> vitals,
            Supplier<Optional<Deployments>> deployments,
            Supplier<Optional<Trust>> trust,
            Supplier<Optional<SchemaRegistry>> schemas) {}

    NodeStatus read() {
        var agents = parts.agents().get();
        var vitals = parts.vitals().get();
        var folder = parts.deployments().get();
        var types = agents.map(Agents::types).orElse(List.of());
        var files = folder.map(Deployments::files).orElse(List.of());
        long dead = parts.deadLetters().get().map(DeadLetters::count).orElse(0L);
        var process = machine.process();
        var disk = machine.disk();
        return new NodeStatus(
                node.version(),
                node.startedAt(),
                clock.instant(),
                missing(agents.isPresent(), vitals, folder.isPresent(), files),
                process,
                disk,
                AgentFindings.counts(types),
                messages(vitals.map(Vitals::read).orElse(Vitals.Reading.ZERO), dead),
                BundleFindings.counts(files),
                sampler.history(),
                events.newestFirst(),
                attention(types, dead, files, folder, disk, process.heapMax()));
    }

    private List<String> missing(boolean agents, Optional<Vitals> vitals, boolean folder, List<DeployedFile> files) {
        var missing = new ArrayList<>(readiness.missing(agents && vitals.isPresent(), folder, files));
        vitals.flatMap(Vitals::obstacle).ifPresent(why -> missing.add("a store that takes messages: " + why));
        return missing;
    }

    private static NodeStatus.MessageCounts messages(Vitals.Reading reading, long dead) {
        return new NodeStatus.MessageCounts(
                reading.accepted(),
                reading.refused(),
                reading.turns(),
                reading.failed(),
                reading.queries(),
                reading.expired(),
                reading.waiting(),
                reading.running(),
                dead);
    }

    private List<Finding> attention(
            List<AgentTypeView> types,
            long dead,
            List<DeployedFile> files,
            Optional<Deployments> folder,
            NodeStatus.DiskUse disk,
            long heapMax) {
        return Stream.of(
                        TrustFindings.of(
                                parts.trust().get().map(Trust::problems).orElse(List.of())),
                        SchemaFindings.of(parts.schemas()
                                .get()
                                .map(SchemaRegistry::problems)
                                .orElse(List.of())),
                        BundleFindings.of(files),
                        BundleFindings.ofPins(
                                folder.map(Deployments::deployments).orElse(List.of())),
                        AgentFindings.of(types),
                        MachineFindings.of(disk, node.data(), machine.heapAfterCollection(), heapMax, limits),
                        MessageFindings.of(sampler.lastMinute(), dead, limits))
                .flatMap(List::stream)
                .sorted(Comparator.comparing(Finding::severity).reversed())
                .toList();
    }
}
