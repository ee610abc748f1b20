package org.openclaw.gateway.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.openclaw.deploy.DeployedFile;
import org.openclaw.deploy.Deployments;

/** A drop folder in memory; a test gives the verdict. */
final class MemoryFolder implements Deployments {
    final Map<String, DeployedFile> files = new TreeMap<>();
    final Map<String, byte[]> bytes = new TreeMap<>();
    Function<String, CompletionStage<DeployedFile>> verdict = _ -> new CompletableFuture<>();
    boolean full;

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
}
