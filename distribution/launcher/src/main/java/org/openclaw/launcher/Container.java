package org.openclaw.launcher;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.felix.framework.Felix;
import org.openclaw.launcher.gate.TrustGate;
import org.openclaw.launcher.log.BundleLogService;
import org.openclaw.launcher.log.FrameworkLog;
import org.openclaw.launcher.log.RunLog;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.service.log.LogService;
import org.osgi.service.log.LoggerFactory;
import org.slf4j.Logger;

/**
 * One running container: a framework with the system bundles of the enabled features, behind the gate.
 *
 * <p>Started by one thread; {@link #requestStop} may be called by any.
 */
public final class Container implements AutoCloseable {
    private static final Logger LOG = org.slf4j.LoggerFactory.getLogger(Container.class);
    private static final int DEPLOYED_START_LEVEL = 30;
    private static final int LAST_START_LEVEL = 50;
    private static final long READY_POLL_MILLIS = 50;

    private final Home home;
    private final Settings settings;
    private final Optional<HttpAddress> address;
    private final boolean firstStart;
    private final DataLock lock;
    private final TrustGate gate;
    private final Framework framework;
    private final InstallationCheck check;
    private final CountDownLatch stopRequested = new CountDownLatch(1);
    private Optional<Boolean> ended = Optional.empty();

    private Container(
            Home home,
            Settings settings,
            Optional<HttpAddress> address,
            boolean firstStart,
            DataLock lock,
            TrustGate gate,
            Framework framework,
            InstallationCheck check) {
        this.home = home;
        this.settings = settings;
        this.address = address;
        this.firstStart = firstStart;
        this.lock = lock;
        this.gate = gate;
        this.framework = framework;
        this.check = check;
    }

    /**
     * Makes what the home lacks, checks the installation, and starts the framework; returns when every system bundle has
     * been started.
     *
     * @param port where the HTTP server listens, instead of what the configuration says
     * @param adminToken a file with the administrator's token, instead of the one that the first start makes
     * @throws LaunchException when it cannot start, for a reason its operator can remove; nothing runs then
     */
    public static Container start(
            Installation installation,
            Home home,
            OptionalInt port,
            Optional<Path> adminToken,
            InstantSource clock,
            SecureRandom random)
            throws IOException, LaunchException {
        // An unsigned framework extension would run its activator while being installed, before any hook is asked.
        // Felix
        // reads this when its classes are loaded; bin/claw sets it as well.
        System.setProperty("felix.extensions.disable", "true");
        if (!installation.complete()) {
            throw LaunchException.incomplete(installation.folder(), "bundles/ or features/");
        }
        HomeFolders.prepare(installation, home);
        var lock = DataLock.take(home.data());
        try {
            RunLog.begin(home.logs(), home.conf().resolve("logback.xml"));
            return start(installation, home, port, adminToken, clock, random, lock);
        } catch (IOException | LaunchException | RuntimeException failed) {
            lock.close();
            throw failed;
        }
    }

    private static Container start(
            Installation installation,
            Home home,
            OptionalInt port,
            Optional<Path> adminToken,
            InstantSource clock,
            SecureRandom random,
            DataLock lock)
            throws IOException, LaunchException {
        DataVersion.open(home.data());
        var check = InstallationCheck.begin(installation, home.trust(), clock);
        try {
            var configured = Configured.read(installation, home, port);
            if (configured.address().isPresent()) {
                configured.address().get().requireFree();
            }
            var firstStart = AccessTokens.ensure(home, adminToken, random);
            return start(installation, home, configured, firstStart, clock, lock, check);
        } catch (IOException | LaunchException | RuntimeException failed) {
            // an installation that is not what was released explains whatever else went wrong with it
            check.complete();
            throw failed;
        }
    }

    private static Container start(
            Installation installation,
            Home home,
            Configured configured,
            boolean firstStart,
            InstantSource clock,
            DataLock lock,
            InstallationCheck check)
            throws IOException, LaunchException {
        var settings = configured.settings();
        var features = configured.features();
        var cache = cache(home);
        // only a crash leaves one behind
        HomeFolders.wipe(cache);

        LOG.info(
                "Starting OpenClaw {} in {} with the features {}",
                Release.version(),
                home.folder(),
                settings.features());
        var framework = new Felix(properties(home, cache, settings, features, configured.configurations()));
        try {
            framework.init();
            var gate =
                    TrustGate.open(framework.getBundleContext(), home.data().resolve("artifacts"), home.trust(), clock);
            var container =
                    new Container(home, settings, configured.address(), firstStart, lock, gate, framework, check);
            container.run(installation, features);
            return container;
        } catch (BundleException failed) {
            stop(framework, settings.stopWithin());
            throw LaunchException.framework(String.valueOf(failed.getMessage()));
        } catch (IOException | LaunchException | RuntimeException failed) {
            stop(framework, settings.stopWithin());
            throw failed;
        }
    }

    private static Map<String, Object> properties(
            Home home, Path cache, Settings settings, List<Feature> features, Configurations configurations)
            throws IOException {
        var properties = new HashMap<String, Object>();
        features.forEach(feature -> properties.putAll(feature.frameworkProperties()));
        properties.putAll(settings.framework());
        properties.put(Constants.FRAMEWORK_STORAGE, cache.toString());
        properties.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        properties.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, String.valueOf(LAST_START_LEVEL));
        // two versions of a bundle, or the same version with other bytes, are side by side while one takes over
        properties.put(Constants.FRAMEWORK_BSNVERSION, Constants.FRAMEWORK_BSNVERSION_MULTIPLE);
        properties.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, SystemPackages.extra());
        // events of the flight recorder come from classes that no bundle imports
        properties.put(Constants.FRAMEWORK_BOOTDELEGATION, "jdk.jfr.internal,jdk.jfr.internal.*");
        // the resolver's threads would only hand the work of a few dozen bundles to one another
        properties.put("felix.resolver.parallelism", "1");
        properties.put("felix.log.logger", new FrameworkLog());
        properties.put("felix.log.level", "3");
        properties.put("configurator.initial", configurations.resource());
        properties.put("openclaw.version", Release.version());
        properties.put("openclaw.home", home.folder().toString());
        properties.put("openclaw.conf", home.conf().toString());
        properties.put("openclaw.data", home.data().toString());
        properties.put("openclaw.deploy", home.deploy().toString());
        properties.put("openclaw.logs", home.logs().toString());
        return properties;
    }

    private void run(Installation installation, List<Feature> features)
            throws IOException, LaunchException, BundleException {
        var context = framework.getBundleContext();
        context.addFrameworkListener(Container::log);
        context.registerService(
                new String[] {LogService.class.getName(), LoggerFactory.class.getName()},
                BundleLogService.factory(),
                FrameworkUtil.asDictionary(Map.of()));
        var bundles = new SystemBundles(context, installation.bundles()).install(installation, features);
        framework.adapt(FrameworkStartLevel.class).setInitialBundleStartLevel(DEPLOYED_START_LEVEL);
        bundles.forEach(gate::admitSystem);
        check.require();
        framework.start();
        gate.watch();
        new RunningFile(ProcessHandle.current().pid(), url().orElse("")).write(home);
        Thread.ofPlatform().daemon().name("openclaw-framework").start(this::awaitFramework);
    }

    /** The framework logs its errors itself, with more about them; the others are for whoever looks closer. */
    private static void log(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.WARNING) {
            LOG.warn("Bundle {}", event.getBundle(), event.getThrowable());
        } else {
            LOG.debug("Framework event {} of {}", event.getType(), event.getBundle(), event.getThrowable());
        }
    }

    /** Whoever stops the framework from within (the shell, the console) stops the container. */
    private void awaitFramework() {
        try {
            framework.waitForStop(0);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        stopRequested.countDown();
    }

    public Home home() {
        return home;
    }

    /** Where its HTTP server listens, such as {@code http://127.0.0.1:8080}; empty without one. */
    public Optional<String> url() {
        return address.map(HttpAddress::url);
    }

    /** Whether the administrator's token was made by this start. */
    public boolean firstStart() {
        return firstStart;
    }

    /**
     * Waits until the container takes work.
     *
     * @return why it does not, when the time is over; empty when it does, or a stop was asked for
     */
    public Optional<String> awaitReady(Duration within) throws InterruptedException {
        var deadline = System.nanoTime() + within.toNanos();
        while (true) {
            // asked before the server, which has enough to do until then
            var missing = Readiness.missing(framework.getBundleContext());
            if (missing.isEmpty() && address.isPresent()) {
                missing = Readiness.missing(URI.create(address.get().url()));
            }
            if (missing.isEmpty()) {
                LOG.info("Ready{}", url().map(" at "::concat).orElse(""));
            }
            if (missing.isEmpty() || System.nanoTime() > deadline) {
                return missing;
            }
            if (stopRequested.await(READY_POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
        }
    }

    /**
     * Compares the class path, which the start has left out, with what was released; takes a tenth of a second.
     *
     * @throws LaunchException when it is something else
     */
    public void checkClassPath() throws IOException, LaunchException {
        check.complete();
    }

    /** Asks for a stop; returns at once. */
    public void requestStop() {
        stopRequested.countDown();
    }

    public boolean stopping() {
        return stopRequested.getCount() == 0;
    }

    /** Waits until somebody asks for a stop, or the framework has been stopped from within. */
    public void awaitStopRequest() throws InterruptedException {
        stopRequested.await();
    }

    /** Whether it may make the ahead-of-time cache for its next start. */
    public boolean aotTraining() {
        return settings.aotTraining();
    }

    /** How long a stop may take. */
    public Duration stopWithin() {
        return settings.stopWithin();
    }

    /**
     * Stops: the doors first, then the deployed bundles, whose turns in flight end, then the rest. Does nothing when it has
     * been stopped already.
     *
     * @return false when it was not over in time
     */
    public synchronized boolean stop() throws IOException {
        if (ended.isPresent()) {
            // a framework that hangs in a bundle's activator would take the same time again, and again
            return ended.get();
        }
        requestStop();
        gate.close();
        var stopped = stop(framework, settings.stopWithin());
        ended = Optional.of(stopped);
        if (stopped) {
            LOG.info("Stopped");
        } else {
            LOG.warn(
                    "Stopping took longer than {} s: what was in flight is given up.",
                    settings.stopWithin().toSeconds());
        }
        if (stopped) {
            wipeCache();
        }
        RunLog.end();
        Files.deleteIfExists(home.running());
        lock.close();
        return stopped;
    }

    /** So that the next start need not. */
    private void wipeCache() {
        try {
            HomeFolders.wipe(cache(home));
        } catch (IOException left) {
            LOG.debug("The framework's cache is left to the next start", left);
        }
    }

    private static Path cache(Home home) {
        return home.data().resolve("cache");
    }

    @Override
    public void close() throws IOException {
        stop();
    }

    private static boolean stop(Framework framework, Duration within) {
        try {
            framework.stop();
            return framework.waitForStop(within.toMillis()).getType() != FrameworkEvent.WAIT_TIMEDOUT;
        } catch (BundleException failed) {
            LOG.error("The framework did not stop", failed);
            return false;
        } catch (InterruptedException given) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
