package org.openclaw.launcher.gate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.felix.framework.Felix;
import org.openclaw.deploy.Verdict;
import org.openclaw.deploy.trust.BundleSigner;
import org.openclaw.deploy.trust.Grants;
import org.openclaw.deploy.trust.PublisherKeys;
import org.openclaw.deploy.trust.PublisherKeys.Algorithm;
import org.openclaw.deploy.trust.TrustException;
import org.openclaw.launcher.log.FrameworkLog;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;

/** A framework with a gate as the launcher makes it, on folders of a test; it can be started again on the same folders. */
final class GatedFramework implements AutoCloseable {
    private final Path folder;
    private final Felix framework;
    private final TrustGate gate;
    private final BlockingQueue<FrameworkEvent> errors = new LinkedBlockingQueue<>();

    private GatedFramework(Path folder) throws IOException, BundleException {
        this.folder = folder;
        framework = new Felix(Map.of(
                Constants.FRAMEWORK_STORAGE,
                folder.resolve("cache").toString(),
                Constants.FRAMEWORK_STORAGE_CLEAN,
                Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT,
                Constants.FRAMEWORK_BSNVERSION,
                Constants.FRAMEWORK_BSNVERSION_MULTIPLE,
                "felix.log.logger",
                new FrameworkLog()));
        framework.init();
        Files.createDirectories(folder.resolve("trust"));
        gate = TrustGate.open(
                framework.getBundleContext(), folder.resolve("artifacts"), folder.resolve("trust"), Clock.systemUTC());
        framework.getBundleContext().addFrameworkListener(event -> {
            if (event.getType() == FrameworkEvent.ERROR) {
                errors.add(event);
            }
        });
        framework.start();
        gate.watch();
    }

    static GatedFramework start(Path folder) throws IOException, BundleException {
        return new GatedFramework(folder);
    }

    TrustGate gate() {
        return gate;
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    /** Waits for an error event whose exception has this text. */
    String awaitError(String text) throws InterruptedException {
        for (var event = errors.poll(10, TimeUnit.SECONDS); event != null; event = errors.poll(10, TimeUnit.SECONDS)) {
            if (String.valueOf(event.getThrowable()).contains(text)) {
                return String.valueOf(event.getThrowable());
            }
        }
        throw new AssertionError("no error event with the text " + text);
    }

    /** Lets the framework resolve whatever can be. */
    void resolveAll() {
        framework.adapt(FrameworkWiring.class).resolveBundles(null);
    }

    /** Starts what waits for the next start level. */
    void raiseStartLevel() throws InterruptedException {
        var raised = new CountDownLatch(1);
        var level = framework.adapt(FrameworkStartLevel.class);
        level.setStartLevel(level.getStartLevel() + 1, event -> raised.countDown());
        if (!raised.await(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the start level was not reached");
        }
    }

    /** Makes a publisher for these names and trusts it, as {@code claw keygen} does. */
    static BundleSigner publisher(Path folder, String name, Grants grants) throws IOException, TrustException {
        var keys = PublisherKeys.generate(
                name,
                Algorithm.ED25519,
                false,
                Optional.empty(),
                folder.resolve("keys"),
                folder.resolve("trust"),
                grants,
                Clock.systemUTC(),
                new SecureRandom());
        return new BundleSigner(keys, Clock.systemUTC());
    }

    /** Signs a bundle into the folder. */
    Path signed(BundleSigner signer, BundleJar jar, String fileName) throws IOException, TrustException {
        var file = jar.write(folder.resolve(fileName));
        return signer.sign(file, file).file();
    }

    /** Takes a jar through the gate; fails unless it is trusted. */
    Bundle deploy(Path jar) throws IOException, BundleException {
        return switch (gate.admit(jar)) {
            case Verdict.Trusted trusted -> gate.install(trusted.artifact().digest());
            case Verdict.Refused refused -> throw new AssertionError(refused.text());
        };
    }

    @Override
    public void close() throws BundleException {
        gate.close();
        framework.stop();
        try {
            framework.waitForStop(10_000);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
