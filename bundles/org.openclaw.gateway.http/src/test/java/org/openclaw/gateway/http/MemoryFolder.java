package org.openclaw.gateway.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.openclaw.deploy.DeployedFile;
import org.openclaw.deploy.Deployment;
import org.openclaw.deploy.Deployments;
import org.openclaw.deploy.Pinning;
import org.osgi.framework.Version;

/** A drop folder in memory; a test gives the verdict. */
final class MemoryFolder implements Deployments {
    final Map<String, DeployedFile> files = new TreeMap<>();
    final Map<String, byte[]> bytes = new TreeMap<>();
    Function<String, CompletionStage<DeployedFile>> verdict = _ -> new CompletableFuture<>();
    boolean full;
    final Map<String, Deployment> deployments = new TreeMap<>();
    /** What was asked for, such as {@code acme.bot 1.2.0}; the version is empty when it was unpinned. */
    final List<String> pins = new ArrayList<>();

    CompletionStage<Pinning> pinning = new CompletableFuture<>();

    @Override
    public List<DeployedFile> files() {
        return List.copyOf(files.values());
    }

    @Override
    public Optional<DeployedFile> file(String fileName) {
        return Optional.ofNullable(files.get(fileName));
    }

    @Override
    public CompletionStage<DeployedFile> deploy(String fileName, InputStream jar) throws IOException {
        if (full) {
            throw new IOException("No space left on device: /secret/place");
        }
        bytes.put(fileName, jar.readAllBytes());
        return verdict.apply(fileName);
    }

    @Override
    public CompletionStage<Boolean> undeploy(String fileName) {
        return CompletableFuture.completedFuture(files.remove(fileName) != null);
    }

    @Override
    public List<Deployment> deployments() {
        return List.copyOf(deployments.values());
    }

    @Override
    public Optional<Deployment> deployment(String name) {
        return Optional.ofNullable(deployments.get(name));
    }

    @Override
    public CompletionStage<Pinning> pin(String name, Version version) throws IOException {
        return change(name + " " + version);
    }

    @Override
    public CompletionStage<Pinning> unpin(String name) throws IOException {
        return change(name + " ");
    }

    private CompletionStage<Pinning> change(String what) throws IOException {
        if (full) {
            throw new IOException("No space left on device: /secret/place");
        }
        pins.add(what);
        return pinning;
    }
}
