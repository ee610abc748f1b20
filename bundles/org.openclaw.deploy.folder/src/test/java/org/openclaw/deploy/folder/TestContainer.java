package org.openclaw.deploy.folder;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.felix.framework.FrameworkFactory;
import org.openclaw.deploy.DeployedFile;
import org.openclaw.deploy.DeployedFile.State;
import org.openclaw.deploy.Verdict.Refused;
import org.openclaw.schema.json.JsonSchemas;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** A framework with a drop folder; another one may be opened over the same directory, as after a restart. */
final class TestContainer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final Path deploy;
    final Path data;
    final TestGate gate;
    final Framework framework;
    private final Duration agentPatience;
    private DropFolder folder;

    TestContainer(Path home) throws Exception {
        this(home, Duration.ofSeconds(5));
    }

    TestContainer(Path home, Duration agentPatience) throws Exception {
        this.agentPatience = agentPatience;
        deploy = Files.createDirectories(home.resolve("deploy"));
        data = Files.createDirectories(home.resolve("data"));
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        data.resolve("cache").toString(),
                        Constants.FRAMEWORK_STORAGE_CLEAN,
                        Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT,
                        Constants.FRAMEWORK_BSNVERSION,
                        Constants.FRAMEWORK_BSNVERSION_MULTIPLE,
                        "felix.log.level",
                        "0"));
        framework.start();
        gate = new TestGate(context(), Files.createDirectories(data.resolve("artifacts")));
        folder = openFolder();
    }

    private DropFolder openFolder() throws IOException {
        var bounds = new DropFolder.Bounds(20, 1 << 20, agentPatience, Duration.ofMillis(500), 3);
        return new DropFolder(
                context(), gate, bundle -> List.of(), new JsonSchemas(), bounds, deploy, data, Time.system());
    }

    void reopenFolder() throws IOException {
        folder.close();
        folder = openFolder();
    }

    DropFolder folder() {
        return folder;
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    /** Writes the file as {@code cp} does: in its place. */
    void copy(String name, byte[] bytes) throws IOException {
        Files.write(deploy.resolve(name), bytes);
    }

    /** Writes the file as {@code mv} does: whole. */
    void move(String name, byte[] bytes) throws IOException {
        var beside = data.resolve(name + ".beside");
        Files.write(beside, bytes);
        Files.move(beside, deploy.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    void delete(String name) throws IOException {
        Files.delete(deploy.resolve(name));
    }

    DeployedFile deploy(String name, Jar jar) throws Exception {
        return settled(folder.deploy(name, new ByteArrayInputStream(jar.bytes())));
    }

    static <T> T settled(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    DeployedFile awaitState(String name, State state) {
        await(
                name + " " + state,
                () -> folder.file(name).filter(row -> row.state() == state).isPresent());
        return folder.file(name).orElseThrow();
    }

    DeployedFile awaitCode(String name, String code) {
        await(name + " " + code, () -> code(folder.file(name)).equals(code));
        return folder.file(name).orElseThrow();
    }

    static String code(Optional<DeployedFile> row) {
        return row.flatMap(DeployedFile::verdict)
                .filter(Refused.class::isInstance)
                .map(refused -> ((Refused) refused).code())
                .orElse("");
    }

    /** Waits until exactly these bundles, as {@code name version}, are active; then nothing else is installed either. */
    void awaitRunning(String... bundles) {
        await("running " + List.of(bundles), () -> running().equals(List.of(bundles)));
    }

    /** The installed bundles besides the framework. */
    List<String> running() {
        return Arrays.stream(context().getBundles())
                .filter(bundle -> bundle.getBundleId() != 0)
                .map(bundle -> bundle.getSymbolicName() + " " + bundle.getVersion()
                        + (bundle.getState() == Bundle.ACTIVE ? "" : " in state " + bundle.getState()))
                .sorted()
                .toList();
    }

    Bundle bundle(String name) {
        return Arrays.stream(context().getBundles())
                .filter(bundle -> name.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow();
    }

    void await(String what, BooleanSupplier condition) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        var never = new CountDownLatch(1);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within %s: %s; files: %s; bundles: %s"
                        .formatted(PATIENCE, what, folder.files(), running()));
            }
            try {
                if (never.await(2, TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException("nobody counts down");
                }
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }
    }

    /** Ends the framework first, so that the drop folder cannot say farewell to anything, as in a crash. */
    void kill() throws BundleException {
        stop();
        folder.close();
    }

    @Override
    public void close() throws BundleException {
        folder.close();
        stop();
    }

    private void stop() throws BundleException {
        framework.stop();
        try {
            framework.waitForStop(PATIENCE.toMillis());
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
