package org.openclaw.launcher.aot;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openclaw.launcher.Feature;
import org.openclaw.launcher.Home;
import org.openclaw.launcher.Installation;
import org.openclaw.launcher.LaunchException;
import org.openclaw.launcher.RunningFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes ahead-of-time caches: a container of this installation starts in a process of its own, with a home that lives as long
 * as the training, and serves the shipped example; {@code claw rehearse} asks it what people ask; it stops. The JVMs have
 * written down what they loaded, and of that the JVM makes the caches. Nothing of a real home but its trust store takes part: no
 * deployed bundle runs twice, and nothing that it knows gets into a cache.
 *
 * <p>One training at a time on an installation. {@link #stop} may be called by any thread, the rest by one.
 */
public final class Training {
    private static final Logger LOG = LoggerFactory.getLogger(Training.class);
    private static final long MEBIBYTES_OF_MEMORY = 400;
    private static final long MEBIBYTES_OF_DISK = 400;
    private static final long POLL_MILLIS = 200;

    private final Installation installation;
    private final AotCaches caches;
    private final Path trust;
    private final Duration limit;
    private final Service service;
    private final List<Process> running = new ArrayList<>();
    private boolean stopped;
    private long deadline;

    /**
     * @param trust the trust store of a home in which a container of this installation starts
     * @param limit how long it may take
     */
    public Training(Installation installation, AotCaches caches, Path trust, Duration limit) {
        this(installation, caches, trust, limit, Training::serves);
    }

    Training(Installation installation, AotCaches caches, Path trust, Duration limit, Service service) {
        this.installation = installation;
        this.caches = caches;
        this.trust = trust;
        this.limit = limit;
        this.service = service;
    }

    /** Whether the container of a home takes work. */
    @FunctionalInterface
    interface Service {
        boolean isThere(Home home) throws IOException;
    }

    private static boolean serves(Home home) throws IOException {
        var said = RunningFile.of(home);
        return said.isPresent() && said.get().missing().isEmpty();
    }

    /** Makes the caches of these kinds, in place of those that there are. */
    public Trained run(Set<AotKind> kinds) throws InterruptedException {
        long begun = System.nanoTime();
        deadline = begun + limit.toNanos();
        try (var folder = AotFolder.open(caches.folder())) {
            requireRoom();
            var made = make(folder, kinds);
            folder.retain(caches.key());
            return new Trained.Made(made, Duration.ofNanos(System.nanoTime() - begun));
        } catch (Abandoned abandoned) {
            return abandoned.why();
        } catch (IOException | LaunchException failed) {
            return Abandoned.failed(String.valueOf(failed)).why();
        } finally {
            end();
        }
    }

    /** Ends a training that is under way, soon. */
    public synchronized void stop() {
        stopped = true;
        end();
    }

    private synchronized void end() {
        running.forEach(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
        running.clear();
    }

    private void requireRoom() throws IOException, Abandoned {
        var memory = FreeMemory.of(Path.of("/")).mebibytes();
        if (memory < MEBIBYTES_OF_MEMORY) {
            throw Abandoned.memory(memory, MEBIBYTES_OF_MEMORY);
        }
        var disk = Files.getFileStore(caches.folder()).getUsableSpace() >> 20;
        if (disk < MEBIBYTES_OF_DISK) {
            throw Abandoned.disk(caches.folder(), disk, MEBIBYTES_OF_DISK);
        }
    }

    private List<Trained.Cache> make(AotFolder folder, Set<AotKind> kinds)
            throws IOException, LaunchException, Abandoned, InterruptedException {
        var claw = ClawProcess.of(installation, folder.work());
        var verbs = kinds.contains(AotKind.VERBS);
        var containers = new ArrayList<>(kinds);
        containers.remove(AotKind.VERBS);
        if (containers.isEmpty()) {
            // somebody must answer
            record(claw, AotKind.SMALL, false, verbs);
        }
        for (var kind : containers) {
            record(claw, kind, true, verbs && kind.equals(containers.getFirst()));
        }
        var made = new ArrayList<Trained.Cache>();
        for (var kind : kinds) {
            made.add(create(claw, folder, kind));
        }
        return made;
    }

    /** Runs a container and asks it; at their ends the JVMs write down what they loaded. */
    private void record(ClawProcess claw, AotKind kind, boolean container, boolean verbs)
            throws IOException, LaunchException, Abandoned, InterruptedException {
        var home = new RehearsalHome(new Home(claw.folder().resolve("home-" + kind.label())));
        home.make(trust, examples());
        var run = List.of(
                "run",
                "--home",
                home.home().folder().toString(),
                "--port",
                Integer.toString(freePort()),
                "--stop-with-parent");
        var served = start(claw, kind, container ? recording(kind) : "", run);
        awaitReady(claw, served, home.home());
        var rehearse = List.of("rehearse", "--home", home.home().folder().toString());
        await(claw, "the rehearsal", start(claw, AotKind.VERBS, verbs ? recording(AotKind.VERBS) : "", rehearse));
        served.destroy();
        await(claw, "the container", served);
    }

    private static String recording(AotKind kind) {
        return "-XX:AOTMode=record -XX:AOTConfiguration=" + kind.label() + ".conf";
    }

    private Trained.Cache create(ClawProcess claw, AotFolder folder, AotKind kind)
            throws IOException, Abandoned, InterruptedException {
        var configuration = kind.label() + ".conf";
        var name = kind.label() + AotCaches.SUFFIX;
        var made = claw.folder().resolve(name);
        var words = List.of(kind.verb(), "--help");
        await(
                claw,
                "making the cache",
                start(
                        claw,
                        kind,
                        "-XX:AOTMode=create -XX:AOTConfiguration=" + configuration + " -XX:AOTCache=" + name,
                        words));
        // what the JVM would not take is no cache
        await(claw, "trying the cache", start(claw, kind, "-XX:AOTMode=on -XX:AOTCache=" + name, words));
        var bytes = Files.size(made);
        folder.install(made, caches.file(kind));
        return new Trained.Cache(kind, caches.file(kind), bytes);
    }

    private synchronized Process start(ClawProcess claw, AotKind kind, String options, List<String> words)
            throws IOException, Abandoned {
        if (stopped) {
            throw Abandoned.stopped();
        }
        var process = claw.start(kind, options, words);
        running.add(process);
        return process;
    }

    private void awaitReady(ClawProcess claw, Process process, Home home)
            throws IOException, Abandoned, InterruptedException {
        while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            requireTime("the start of a container");
            if (service.isThere(home)) {
                return;
            }
        }
        throw ended(claw, "the container", process);
    }

    private void await(ClawProcess claw, String what, Process process) throws Abandoned, InterruptedException {
        while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            requireTime(what);
        }
        if (process.exitValue() != 0) {
            throw ended(claw, what, process);
        }
    }

    private void requireTime(String what) throws Abandoned {
        if (System.nanoTime() - deadline > 0) {
            throw Abandoned.late(what, limit.toSeconds());
        }
    }

    private synchronized Abandoned ended(ClawProcess claw, String what, Process process) {
        return stopped
                ? Abandoned.stopped()
                : Abandoned.failed(
                        "%s ended with %d and said %s".formatted(what, process.exitValue(), claw.lastWords()));
    }

    /** The bundles that the build laid into {@code deploy/}, as far as they are there. */
    private List<Path> examples() throws IOException, LaunchException {
        var examples = new ArrayList<Path>();
        for (var feature : Feature.readAll(installation.features())) {
            feature.bundles().stream()
                    .filter(bundle -> bundle.deployed())
                    .map(bundle -> installation.folder().resolve("deploy").resolve(bundle.fileName()))
                    .filter(Files::isRegularFile)
                    .forEach(examples::add);
        }
        LOG.debug("The training serves {}", examples);
        return examples;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
