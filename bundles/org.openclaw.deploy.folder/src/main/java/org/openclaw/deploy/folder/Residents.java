package org.openclaw.deploy.folder;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.openclaw.deploy.Artifact;
import org.openclaw.deploy.Digest;
import org.openclaw.deploy.Gate;
import org.openclaw.deploy.Verdict;
import org.openclaw.deploy.Verdict.Refused;
import org.openclaw.deploy.Verdict.Trusted;
import org.openclaw.deploy.folder.Lifecycle.Outcome;
import org.openclaw.deploy.folder.Situation.Phase;
import org.openclaw.deploy.folder.Situation.Running;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.BundleListener;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is installed on behalf of the folder, and what failed to be. Used by the keeper's thread alone, but for the
 * outcomes and the framework's events, which only ring the bell.
 *
 * <p>The world is a counter: it moves when something happens that may help a bundle which failed. A failure counts until
 * then; the refusal stays visible while it is tried again.
 */
final class Residents implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Residents.class);
    private static final Duration HANGS = Duration.ofSeconds(30);
    /** A refresh by somebody else stops and starts a bundle: it gets that long before it is called stopped. */
    private static final Duration UNWELL = Duration.ofMillis(300);

    private static final Duration WITHDRAWN = Duration.ofSeconds(1);

    private final BundleContext context;
    private final Gate gate;
    private final Lifecycle lifecycle;
    private final Bell bell;
    private final Time time;
    private final Map<Digest, Resident> residents = new LinkedHashMap<>();
    private final Map<Digest, Failure> failures = new HashMap<>();
    private final Map<Digest, Refused> banned = new HashMap<>();
    private final Map<Digest, Integer> heals = new HashMap<>();
    private final ConcurrentLinkedQueue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    private final Set<Long> own = ConcurrentHashMap.newKeySet();
    private final BundleListener events = this::onBundleEvent;
    private long world;

    Residents(BundleContext context, Gate gate, Components components, Duration patience, Bell bell, Time time) {
        this.context = context;
        this.gate = gate;
        this.bell = bell;
        this.time = time;
        this.lifecycle = new Lifecycle(context, components, patience, time, outcome -> {
            outcomes.add(outcome);
            bell.ring(Bell.Cause.OUTCOME);
        });
    }

    private record Failure(Refused refused, long world) {}

    /** Takes over what an earlier activation has left in the framework, and begins to listen. */
    void open() {
        for (var bundle : context.getBundles()) {
            switch (gate.verdict(bundle).orElse(null)) {
                case null -> {
                    // a bundle of the container
                }
                case Trusted trusted -> adopt(bundle, trusted);
                case Refused refused -> {
                    // without a digest it never came through the gate, and cannot resolve
                    if (refused.digest().isPresent()) {
                        LOG.warn("Bundle {} runs no longer. {}", bundle, refused.text());
                        lifecycle.discard(bundle);
                    }
                }
            }
        }
        context.addBundleListener(events);
    }

    private void adopt(Bundle bundle, Trusted trusted) {
        own.add(bundle.getBundleId());
        var resident = new Resident(bundle, trusted, Phase.SERVING, world, time.ticks());
        residents.put(resident.digest(), resident);
        if (!Readiness.isReady(bundle, trusted.agents())) {
            retire(resident);
        }
    }

    private void onBundleEvent(BundleEvent event) {
        var ours = own.contains(event.getBundle().getBundleId());
        switch (event.getType()) {
            case BundleEvent.STOPPED, BundleEvent.UPDATED -> {
                if (ours) {
                    bell.ring(Bell.Cause.INTERFERENCE);
                }
            }
            case BundleEvent.UNINSTALLED -> {
                if (ours) {
                    own.remove(event.getBundle().getBundleId());
                    bell.ring(Bell.Cause.INTERFERENCE);
                }
            }
            case BundleEvent.RESOLVED, BundleEvent.STARTED -> {
                if (!ours) {
                    bell.ring(Bell.Cause.WORLD);
                }
            }
            default -> {
                // installing, starting and stopping are on their way to one of the above
            }
        }
    }

    Collection<Resident> all() {
        return List.copyOf(residents.values());
    }

    Optional<Resident> of(Digest digest) {
        return Optional.ofNullable(residents.get(digest));
    }

    boolean serves(Digest digest) {
        return of(digest).filter(resident -> resident.phase() == Phase.SERVING).isPresent();
    }

    /** What serves under a symbolic name, the highest version first; two do while one takes over from the other. */
    List<Artifact> servingUnder(String name) {
        return residents.values().stream()
                .filter(resident -> resident.phase() == Phase.SERVING)
                .map(Resident::artifact)
                .filter(artifact -> artifact.name().equals(name))
                .sorted(Comparator.comparing(Artifact::version).reversed())
                .toList();
    }

    /**
     * Whether it serves and no other version of its bundle gets new work. Stopping withdraws the services first, within
     * milliseconds; what stops for longer waits for its turns in flight.
     */
    boolean servesAlone(Artifact artifact) {
        return serves(artifact.digest())
                && residents.values().stream()
                        .filter(other -> other.artifact().name().equals(artifact.name())
                                && !other.digest().equals(artifact.digest()))
                        .allMatch(other -> other.phase() == Phase.STOPPING
                                && time.since(other.since()).compareTo(WITHDRAWN) >= 0);
    }

    List<Running> running() {
        return residents.values().stream()
                .map(resident -> new Running(resident.artifact(), resident.phase()))
                .toList();
    }

    /** What shall not be tried now. */
    Set<Digest> failed() {
        var failed = new HashSet<Digest>();
        failures.forEach((digest, failure) -> {
            if (failure.world() == world) {
                failed.add(digest);
            }
        });
        residents.values().stream()
                .filter(Resident::isHanging)
                .map(Resident::digest)
                .forEach(failed::add);
        return failed;
    }

    /** Why it did not come up, the last time it was tried. */
    Optional<Refused> failure(Digest digest) {
        return Optional.ofNullable(failures.get(digest)).map(Failure::refused);
    }

    Map<Digest, Refused> banned() {
        return Map.copyOf(banned);
    }

    boolean isIdle() {
        return residents.values().stream().allMatch(resident -> resident.phase() == Phase.SERVING);
    }

    /** Something may be there now that was missing before. */
    void worldMoved() {
        world++;
    }

    /** Forgets failures of what nobody asks for any more. */
    void forgetFailures(Set<Digest> except) {
        failures.keySet().retainAll(except);
        heals.keySet().retainAll(except);
        banned.keySet().removeIf(digest -> !except.contains(digest) && !residents.containsKey(digest));
    }

    /** Takes note of what has come up and gone down. */
    void takeOutcomes() {
        for (var outcome = outcomes.poll(); outcome != null; outcome = outcomes.poll()) {
            var resident = outcome.resident();
            switch (outcome) {
                case Outcome.Up up -> {
                    resident.moved(Phase.SERVING, time.ticks());
                    failures.remove(resident.digest());
                    worldMoved();
                }
                case Outcome.Failed failed -> {
                    residents.remove(resident.digest(), resident);
                    if (!resident.isAbandoned() && !resident.isHanging()) {
                        failures.put(resident.digest(), new Failure(failed.refused(), resident.world()));
                    }
                }
                case Outcome.Down down -> {
                    residents.remove(resident.digest(), resident);
                    if (failures.values().stream()
                            .anyMatch(failure -> failure.refused().code().equals(Refusals.SCHEMAS))) {
                        worldMoved(); // it may have been what another one does not get on with
                    }
                }
            }
        }
    }

    /** Does one step; how it went comes as an outcome later, but for a start that fails at once. */
    void perform(List<Action> actions, Map<Digest, Trusted> verdicts) {
        var installed = new ArrayList<Resident>();
        for (var action : actions) {
            switch (action) {
                case Action.Start start ->
                    Optional.ofNullable(verdicts.get(start.artifact().digest()))
                            .flatMap(this::install)
                            .ifPresent(installed::add);
                case Action.Retire retire -> of(retire.artifact().digest()).ifPresent(this::retire);
                case Action.Abandon abandon -> of(abandon.artifact().digest()).ifPresent(Resident::abandon);
            }
        }
        // All are installed before the first is started, so bundles dropped together resolve in any order.
        installed.forEach(lifecycle::up);
    }

    /** What shall not be started, and why: as if it had not come up. */
    void refuse(Refused refused) {
        refused.digest().ifPresent(digest -> failures.put(digest, new Failure(refused, world)));
    }

    private Optional<Resident> install(Trusted trusted) {
        var artifact = trusted.artifact();
        try {
            var bundle = gate.install(artifact.digest());
            own.add(bundle.getBundleId());
            var resident = new Resident(bundle, trusted, Phase.STARTING, world, time.ticks());
            residents.put(artifact.digest(), resident);
            return Optional.of(resident);
        } catch (BundleException | RuntimeException failure) {
            var refused = gate.recheck(artifact.digest()) instanceof Refused changed
                    ? changed.of(trusted.subject())
                    : Refusals.notInstalled(trusted.subject(), artifact, failure);
            failures.put(artifact.digest(), new Failure(refused, world));
            return Optional.empty();
        }
    }

    private void retire(Resident resident) {
        resident.moved(Phase.STOPPING, time.ticks());
        lifecycle.down(resident);
    }

    /** Asks for the policy's verdict on everything that runs. */
    void recheck(Function<Digest, Verdict> policy) {
        banned.clear();
        for (var resident : residents.values()) {
            switch (policy.apply(resident.digest())) {
                case Trusted trusted ->
                    resident.judged(
                            (Trusted) Arrivals.said(trusted, resident.verdict().subject()));
                case Refused refused -> {
                    if (!Arrivals.isAboutTheStore(refused)) {
                        banned.put(resident.digest(), refused);
                    }
                }
            }
        }
        worldMoved();
    }

    /** Looks for bundles that somebody else has changed, and for starts that hang. */
    void heal() {
        for (var resident : all()) {
            switch (resident.phase()) {
                case SERVING -> healServing(resident);
                case STARTING -> {
                    if (time.since(resident.since()).compareTo(HANGS) > 0 && !resident.isHanging()) {
                        var refused = Refusals.startHangs(resident.verdict().subject(), resident.artifact(), HANGS);
                        failures.put(resident.digest(), new Failure(refused, world));
                        resident.hang();
                    }
                }
                case STOPPING -> {
                    // its thread says when it is gone
                }
            }
        }
    }

    private void healServing(Resident resident) {
        if (resident.isUninstalled()) {
            residents.remove(resident.digest());
            warn(resident, "uninstalled");
        } else if (resident.isUpdated()) {
            warn(resident, "updated");
            retire(resident);
        } else if (Readiness.isActive(resident.bundle()) || !shouldBeActive(resident.bundle())) {
            resident.well();
        } else if (time.since(resident.unwellSince(time.ticks())).compareTo(unwell(resident)) >= 0) {
            heals.merge(resident.digest(), 1, Integer::sum);
            warn(resident, "stopped");
            retire(resident);
        }
    }

    /** A bundle that stops itself again and again is healed more and more slowly. */
    private Duration unwell(Resident resident) {
        return UNWELL.multipliedBy(1L << Math.min(heals.getOrDefault(resident.digest(), 0), 6));
    }

    private static void warn(Resident resident, String what) {
        LOG.warn(
                "Bundle {} ({}) was {} by somebody else; it is installed again from the store. To stop it, remove {} from deploy/.",
                resident.artifact(),
                resident.bundle(),
                what,
                resident.verdict().subject());
    }

    /** Not while the framework goes down, and not below its start level. */
    private boolean shouldBeActive(Bundle bundle) {
        var system = context.getBundle(0);
        return system.getState() == Bundle.ACTIVE
                && system.adapt(FrameworkStartLevel.class).getStartLevel()
                        >= bundle.adapt(BundleStartLevel.class).getStartLevel();
    }

    /** When to look again without any ring. */
    Optional<Duration> next() {
        return residents.values().stream()
                        .anyMatch(resident -> resident.phase() == Phase.SERVING
                                && !resident.isUninstalled()
                                && !Readiness.isActive(resident.bundle()))
                ? Optional.of(UNWELL)
                : Optional.empty();
    }

    boolean hasFailures() {
        return !failures.isEmpty();
    }

    /** The artifacts that are installed. */
    Set<Digest> digests() {
        return Set.copyOf(residents.keySet());
    }

    Optional<Artifact> servingOf(Digest digest) {
        return of(digest).filter(resident -> resident.phase() == Phase.SERVING).map(Resident::artifact);
    }

    /** Gives up the starts that are under way: nobody will hear of them. */
    void abandonStarts() {
        residents.values().stream()
                .filter(resident -> resident.phase() == Phase.STARTING)
                .forEach(Resident::abandon);
    }

    /** Ends listening. What is installed stays: the framework stops it, or the next activation takes it over. */
    @Override
    public void close() {
        try {
            context.removeBundleListener(events);
        } catch (IllegalStateException stopped) {
            LOG.debug("The bundle has stopped already and its listeners with it");
        }
    }
}
