package org.openclaw.deploy.folder;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openclaw.deploy.Artifact;
import org.openclaw.deploy.Deployment;
import org.openclaw.deploy.Digest;
import org.openclaw.deploy.Gate;
import org.openclaw.deploy.Verdict;
import org.openclaw.deploy.Verdict.Trusted;
import org.openclaw.deploy.folder.Bell.Cause;
import org.openclaw.deploy.folder.Expectations.Settled;
import org.openclaw.deploy.folder.Planner.Plan;
import org.openclaw.deploy.folder.Situation.Entry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The single writer: one thread that takes every decision about the folder.
 *
 * <p>It sleeps until the {@link Bell} rings or something is due, then goes once round: look at the folder, take note of
 * what came up or went down, judge what has arrived, plan, begin what the plan says, tell. A round never waits: bundles
 * are started and stopped elsewhere, and their outcome rings the bell for another round. Every round starts from the
 * whole situation, not from events, so a lost event costs time and nothing else, and a start after a crash is only the
 * first round.
 */
final class Keeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
    private static final Duration RETRY = Duration.ofSeconds(30);
    private static final Duration FAREWELL = Duration.ofSeconds(5);
    private static final Set<String> WORTH_ANOTHER_TRY =
            Set.of("file.unreadable", "store.unwritable", "gate.failed", "store.missing", "store.changed");

    private final Gate gate;
    private final Arrivals arrivals;
    private final Residents residents;
    private final LastServed memory;
    private final LastServed pinned;
    private final Pins pins;
    private final SchemaRule schemas;
    private final Expectations expectations;
    private final Board board;
    private final Bell bell;
    private final Duration poll;
    private final Time time;
    private final Thread thread;

    /** What a file last served, but that nothing else knows now: judged again from the store. */
    private final Map<Digest, Optional<Trusted>> recalled = new HashMap<>();
    /** What ran on behalf of files that are gone. */
    private final Map<String, Set<Digest>> departing = new HashMap<>();

    private Set<Digest> retained = Set.of();
    private long triedAgain;

    Keeper(
            Gate gate,
            Arrivals arrivals,
            Residents residents,
            LastServed memory,
            LastServed pinned,
            Pins pins,
            SchemaRule schemas,
            Expectations expectations,
            Board board,
            Bell bell,
            Duration poll,
            Time time) {
        this.gate = gate;
        this.arrivals = arrivals;
        this.residents = residents;
        this.memory = memory;
        this.pinned = pinned;
        this.pins = pins;
        this.schemas = schemas;
        this.expectations = expectations;
        this.board = board;
        this.bell = bell;
        this.poll = poll;
        this.time = time;
        this.triedAgain = time.ticks();
        this.thread = Thread.ofPlatform().daemon().name("openclaw-deploy").unstarted(this::run);
    }

    /** When it returns, every file that lies in the folder has a row. */
    void open() {
        residents.open();
        arrivals.look();
        remember(); // what was deleted while nobody looked is forgotten now, even if the name comes back at once
        show(new Plan(Map.of(), List.of()));
        bell.ring(Cause.FOLDER);
        thread.start();
    }

    private void run() {
        var wait = Duration.ZERO;
        Set<Cause> owed = Set.of(); // what a failed round has left undone
        try {
            while (true) {
                var causes = bell.await(wait);
                causes.addAll(owed);
                if (causes.contains(Cause.CLOSE)) {
                    return;
                }
                try {
                    round(causes);
                    owed = Set.of();
                    wait = next();
                } catch (RuntimeException | Error failure) { // the thread that revokes has to go on
                    LOG.error("A round over the folder failed; what runs goes on. It is tried again soon.", failure);
                    owed = causes;
                    wait = poll;
                }
            }
        } catch (InterruptedException end) {
            LOG.debug("The keeper was interrupted");
        } finally {
            residents.abandonStarts();
        }
    }

    private void round(Set<Cause> causes) {
        if (causes.contains(Cause.POLICY)) {
            var verdicts = new HashMap<Digest, Verdict>();
            Function<Digest, Verdict> policy = digest -> verdicts.computeIfAbsent(digest, gate::recheck);
            recalled.clear();
            residents.recheck(policy);
            act(); // what is revoked goes before anything else is looked at
            arrivals.recheck(policy);
            arrivals.judgeRefusedAgain(refused -> true);
        }
        if (causes.contains(Cause.WORLD)) {
            residents.worldMoved();
        }
        if (time.since(triedAgain).compareTo(RETRY) >= 0) {
            triedAgain = time.ticks();
            residents.worldMoved();
            arrivals.judgeRefusedAgain(refused -> WORTH_ANOTHER_TRY.contains(refused.code()));
        }
        expectations.note();
        look();
        residents.takeOutcomes();
        residents.heal();
        act(); // what is removed goes before anything is read
        arrivals.judge(expectations.expected()::contains, () -> bell.hasRung(Cause.POLICY));
        var plan = act();
        show(plan);
        tell(plan);
        retain(plan);
    }

    private void look() {
        var gone = arrivals.look();
        if (!arrivals.isLost()) {
            pins.look();
        }
        for (var file : gone) {
            var digests = new HashSet<Digest>();
            file.digest().ifPresent(digests::add);
            memory.of(file.name()).ifPresent(digests::add);
            departing.put(file.name(), digests);
        }
        if (!gone.isEmpty()) {
            arrivals.judgeRefusedAgain(refused -> refused.code().equals(Refusals.FULL));
        }
    }

    /** Plans and begins; again when something failed at once, since that may leave its place to another. */
    private Plan act() {
        while (true) {
            remember();
            var entries = entries();
            var verdicts = verdicts(entries);
            residents.forgetFailures(verdicts.keySet());
            var failed = residents.failed();
            var plan = Planner.plan(new Situation(
                    entries, residents.running(), failed, residents.banned().keySet(), pins.byName(), pinned.byName()));
            residents.perform(permitted(plan.actions(), verdicts), verdicts);
            if (residents.failed().equals(failed)) {
                return plan;
            }
        }
    }

    /** Without the starts of what would break what is deployed. What has served already is not asked again. */
    private List<Action> permitted(List<Action> actions, Map<Digest, Trusted> verdicts) {
        var permitted = new ArrayList<Action>();
        for (var action : actions) {
            var refused = action instanceof Action.Start(var artifact)
                            && !memory.all().contains(artifact.digest())
                    ? Optional.ofNullable(verdicts.get(artifact.digest()))
                            .flatMap(arriving -> schemas.refusal(arriving, deployed()))
                    : Optional.<Verdict.Refused>empty();
            refused.ifPresentOrElse(residents::refuse, () -> permitted.add(action));
        }
        return permitted;
    }

    /** What serves, or served last on behalf of a file that is still there. */
    private List<Trusted> deployed() {
        var digests = new LinkedHashSet<Digest>();
        residents.digests().stream().filter(residents::serves).forEach(digests::add);
        digests.addAll(memory.all());
        schemas.forget(
                Stream.concat(digests.stream(), residents.failed().stream()).collect(Collectors.toSet()));
        return digests.stream().flatMap(digest -> trusted(digest).stream()).toList();
    }

    /** Before what served earlier is retired, the disk knows what serves now. */
    private void remember() {
        if (!arrivals.isLost()) {
            memory.retain(arrivals.files().stream().map(TrackedFile::name).toList());
        }
        for (var file : arrivals.files()) {
            file.artifact()
                    .map(Artifact::digest)
                    .filter(residents::serves)
                    .ifPresent(digest -> memory.served(file.name(), digest));
        }
        memory.save();
        pinned.retain(pins.byName().keySet());
        for (var name : pins.byName().keySet()) {
            var serving =
                    residents.servingUnder(name).stream().map(Artifact::digest).toList();
            // while one takes over from another, what is known already counts
            if (!serving.isEmpty() && pinned.of(name).filter(serving::contains).isEmpty()) {
                pinned.served(name, serving.getFirst());
            }
        }
        pinned.save();
    }

    private List<Entry> entries() {
        var entries = new ArrayList<Entry>();
        for (var file : arrivals.files()) {
            var present = file.artifact();
            var last = memory.of(file.name())
                    .filter(digest ->
                            present.filter(one -> one.digest().equals(digest)).isEmpty())
                    .flatMap(this::trusted)
                    .map(Trusted::artifact);
            entries.add(new Entry(file.name(), present, last, file.modified()));
        }
        return entries;
    }

    private Map<Digest, Trusted> verdicts(List<Entry> entries) {
        var verdicts = new HashMap<Digest, Trusted>();
        for (var entry : entries) {
            Stream.concat(entry.present().stream(), entry.last().stream())
                    .map(Artifact::digest)
                    .forEach(digest -> trusted(digest)
                            .map(trusted -> (Trusted) Arrivals.said(trusted, entry.fileName()))
                            .ifPresent(trusted -> verdicts.putIfAbsent(digest, trusted)));
        }
        return verdicts;
    }

    private Optional<Trusted> trusted(Digest digest) {
        if (residents.banned().containsKey(digest)) {
            return Optional.empty();
        }
        return residents
                .of(digest)
                .map(Resident::verdict)
                .or(() -> arrivals.trusted(digest))
                .or(() -> recalled.computeIfAbsent(
                        digest,
                        one -> gate.recheck(one) instanceof Trusted trusted ? Optional.of(trusted) : Optional.empty()));
    }

    private void show(Plan plan) {
        var survey = new Survey(arrivals, residents, memory, pins, plan, time);
        board.show(survey.files(), survey.deployments(), time.now());
    }

    private void tell(Plan plan) {
        var running = new HashSet<>(residents.digests());
        plan.desired().values().forEach(artifact -> running.remove(artifact.digest()));
        departing.values().removeIf(digests -> digests.stream().noneMatch(running::contains));
        expectations.fulfil(
                name -> board.row(name)
                        .map(row -> new Settled(row, arrivals.file(name).flatMap(TrackedFile::digest))),
                name -> !departing.containsKey(name),
                name -> hasSettled(name, plan) ? Optional.of(deployment(name)) : Optional.empty(),
                time.now());
    }

    /** Whether what should serve under a name does, alone; or nothing of the name can. */
    private boolean hasSettled(String name, Plan plan) {
        var wanted = plan.desired().get(name);
        return wanted == null ? residents.servingUnder(name).isEmpty() : residents.servesAlone(wanted);
    }

    private Deployment deployment(String name) {
        return board.deployment(name)
                .orElseGet(() -> new Deployment(
                        name, Optional.empty(), Optional.empty(), List.of(), "Nothing of " + name + " is deployed."));
    }

    /** Only when all is quiet: what is on its way needs its bytes. */
    private void retain(Plan plan) {
        var quiet = plan.actions().isEmpty()
                && residents.isIdle()
                && !arrivals.isLost()
                && arrivals.files().stream().allMatch(file -> file.verdict().isPresent());
        if (!quiet || !memory.save()) {
            return;
        }
        var keep = new HashSet<>(memory.all());
        keep.addAll(residents.digests());
        arrivals.files().forEach(file -> file.artifact().map(Artifact::digest).ifPresent(keep::add));
        if (keep.equals(retained)) {
            return;
        }
        try {
            retained = Set.copyOf(keep); // a failure is not tried again before something changes
            gate.retain(keep);
        } catch (IOException failure) {
            LOG.warn(
                    "Could not tidy the artifact store: {}. It is tried again with the next change.",
                    failure.toString());
        }
    }

    private Duration next() {
        return Stream.of(Optional.of(poll), arrivals.next(), residents.next(), pins.next())
                .flatMap(Optional::stream)
                .min(Duration::compareTo)
                .orElse(poll);
    }

    /** Ends the thread in bounded time; callers that wait are told. */
    @Override
    public void close() {
        bell.ring(Cause.CLOSE);
        try {
            if (!thread.join(FAREWELL)) {
                LOG.warn("The keeper is still busy after {} s, probably reading a large file.", FAREWELL.toSeconds());
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        residents.close();
        expectations.close();
    }
}
