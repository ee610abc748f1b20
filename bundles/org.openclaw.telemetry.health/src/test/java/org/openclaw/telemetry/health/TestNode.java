package org.openclaw.telemetry.health;

import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.openclaw.agent.AgentCounts;
import org.openclaw.agent.AgentFilter;
import org.openclaw.agent.AgentPage;
import org.openclaw.agent.AgentTypeView;
import org.openclaw.agent.AgentView;
import org.openclaw.agent.Agents;
import org.openclaw.agent.Creation;
import org.openclaw.agent.DeadLetter;
import org.openclaw.agent.DeadLetterPage;
import org.openclaw.agent.DeadLetters;
import org.openclaw.agent.Purged;
import org.openclaw.agent.RecentTurn;
import org.openclaw.agent.StepView;
import org.openclaw.agent.TurnLimits;
import org.openclaw.agent.WaitingMessage;
import org.openclaw.deploy.DeployedFile;
import org.openclaw.deploy.Deployment;
import org.openclaw.deploy.Deployments;
import org.openclaw.deploy.Pinning;
import org.openclaw.deploy.Revocation;
import org.openclaw.deploy.RevocationList;
import org.openclaw.deploy.Trust;
import org.openclaw.deploy.TrustedPublisher;
import org.openclaw.deploy.Verdict;
import org.openclaw.message.Address;
import org.openclaw.message.ReceiptId;
import org.openclaw.message.Tenant;
import org.openclaw.telemetry.Finding;
import org.openclaw.telemetry.Latencies;
import org.openclaw.telemetry.NodeStatus;
import org.openclaw.telemetry.NodeStatus.DiskUse;
import org.openclaw.telemetry.NodeStatus.ProcessUse;
import org.openclaw.telemetry.Vitals;
import org.osgi.framework.Version;

/** A node whose parts, machine and time are as a test says; the status is read from it by the real classes. */
final class TestNode {
    static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
    static final long MIB = 1024L * 1024;
    static final Limits LIMITS = new Limits(5, 512 * MIB, 90, 1, 3);

    final List<AgentTypeView> types = new ArrayList<>();
    final List<DeployedFile> files = new ArrayList<>();
    final List<Deployment> deployments = new ArrayList<>();
    final List<Verdict.Flag> trustProblems = new ArrayList<>();
    final EventLog events = new EventLog();
    Latencies.Recorder latencies = new Latencies.Recorder();
    Instant now = START;
    DiskUse disk = new DiskUse(10_000 * MIB, 20_000 * MIB);
    OptionalLong heapAfterCollection = OptionalLong.empty();
    boolean runtime = true;
    boolean folder = true;
    long accepted;
    long refused;
    long full;
    long turns;
    long failed;
    long dead;

    private final Vitals vitals =
            () -> new Vitals.Reading(accepted, refused, full, turns, failed, 0, 0, 0, 0, latencies.read());
    private final Sampler sampler =
            new Sampler(() -> runtime ? Optional.of(vitals) : Optional.empty(), new Figures(), () -> now);
    private final StatusReader reader = new StatusReader(
            new StatusReader.Node("0.1.0", START.minusSeconds(2), "/srv/data"),
            new StatusReader.Parts(
                    () -> runtime ? Optional.of(new Types()) : Optional.empty(),
                    () -> runtime ? Optional.of(new Letters()) : Optional.empty(),
                    () -> runtime ? Optional.of(vitals) : Optional.empty(),
                    () -> folder ? Optional.of(new Files()) : Optional.empty(),
                    () -> Optional.of(new Store()),
                    Optional::empty),
            new Figures(),
            sampler,
            events,
            LIMITS,
            () -> now);

    NodeStatus status() {
        return reader.read();
    }

    List<Finding> attention() {
        return status().attention();
    }

    /** Lets an interval pass and samples. */
    void tick() {
        tick(Sampler.INTERVAL);
    }

    void tick(Duration passed) {
        now = now.plus(passed);
        sampler.sample();
    }

    /** Some turns end. */
    void turns(int count, Duration latency) {
        accepted += count;
        turns += count;
        for (int turn = 0; turn < count; turn++) {
            latencies.record(latency);
        }
    }

    void type(String name, boolean serving, AgentCounts counts) {
        type(name, serving, false, counts);
    }

    void type(String name, boolean serving, boolean suspended, AgentCounts counts) {
        types.add(new AgentTypeView(
                name,
                serving ? Optional.of("1.0.0") : Optional.empty(),
                serving ? List.of("1.0.0") : List.of(),
                List.of(),
                Optional.empty(),
                suspended,
                counts.active()
                        + counts.passive()
                        + counts.suspended()
                        + counts.draining()
                        + counts.quarantined()
                        + counts.stranded(),
                counts));
    }

    private final class Figures implements Machine {
        @Override
        public ProcessUse process() {
            return new ProcessUse(
                    7, Optional.empty(), 20, heapUsed(), 200 * MIB, 256 * MIB, 50 * MIB, OptionalLong.empty());
        }

        @Override
        public OptionalLong heapAfterCollection() {
            return heapAfterCollection;
        }

        @Override
        public long heapUsed() {
            return 100 * MIB;
        }

        @Override
        public DiskUse disk() {
            return disk;
        }
    }

    private final class Files implements Deployments {
        @Override
        public List<DeployedFile> files() {
            return List.copyOf(files);
        }

        @Override
        public Optional<DeployedFile> file(String fileName) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<DeployedFile> deploy(String fileName, InputStream jar) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Boolean> undeploy(String fileName) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Deployment> deployments() {
            return List.copyOf(deployments);
        }

        @Override
        public Optional<Deployment> deployment(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Pinning> pin(String name, Version version) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Pinning> unpin(String name) {
            throw new UnsupportedOperationException();
        }
    }

    private final class Store implements Trust {
        @Override
        public List<TrustedPublisher> publishers() {
            throw new UnsupportedOperationException();
        }

        @Override
        public RevocationList revocations() {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Verdict.Flag> problems() {
            return List.copyOf(trustProblems);
        }

        @Override
        public Outcome revoke(Revocation what) {
            throw new UnsupportedOperationException();
        }
    }

    /** Counts dead letters, and fails whoever looks at single ones. */
    private final class Letters implements DeadLetters {
        @Override
        public long count() {
            return dead;
        }

        @Override
        public DeadLetterPage list(Tenant tenant, Optional<String> type, Optional<ReceiptId> after, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<DeadLetter> letter(Tenant tenant, ReceiptId receipt) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean redrive(Tenant tenant, ReceiptId receipt) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean discard(Tenant tenant, ReceiptId receipt) {
            throw new UnsupportedOperationException();
        }
    }

    /** Counts types, and fails whoever looks at single agents. */
    private final class Types implements Agents {
        @Override
        public List<AgentTypeView> types() {
            return List.copyOf(types);
        }

        @Override
        public AgentPage list(Tenant tenant, AgentFilter filter, Optional<Address> after, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<AgentView> find(Tenant tenant, Address address) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<WaitingMessage> inbox(Tenant tenant, Address address, int limit, int bodies) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<StepView> steps(Tenant tenant, Address address, int bodies) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<AgentView.Timer> timers(Tenant tenant, Address address, int bodies) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Purged purge(Tenant tenant, Address address) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean suspendType(String type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean resumeType(String type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<TurnLimits> limits(Tenant tenant) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<RecentTurn> recentTurns(Tenant tenant, Address address, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Creation create(Tenant tenant, Address address) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean suspend(Tenant tenant, Address address) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean resume(Tenant tenant, Address address) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean retire(Tenant tenant, Address address) {
            throw new UnsupportedOperationException();
        }
    }
}
