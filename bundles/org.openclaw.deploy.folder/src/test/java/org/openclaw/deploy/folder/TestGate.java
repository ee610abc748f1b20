package org.openclaw.deploy.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.jar.JarFile;
import org.openclaw.deploy.Artifact;
import org.openclaw.deploy.Digest;
import org.openclaw.deploy.Gate;
import org.openclaw.deploy.Signature;
import org.openclaw.deploy.Verdict;
import org.openclaw.deploy.Verdict.Refused;
import org.openclaw.deploy.Verdict.Trusted;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Version;

/** Trusts whole jars whose manifest says {@code Test-Signed: yes} and that are not revoked; keeps them in a folder. */
final class TestGate implements Gate {
    private final BundleContext context;
    private final Path store;
    private final Set<Digest> revoked = ConcurrentHashMap.newKeySet();
    private final Map<Long, Digest> installed = new ConcurrentHashMap<>();
    private final List<String> versions = new CopyOnWriteArrayList<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean broken = new AtomicBoolean();
    private volatile Optional<IOException> failure = Optional.empty();

    TestGate(BundleContext context, Path store) {
        this.context = context;
        this.store = store;
    }

    void revoke(Digest digest) {
        revoked.add(digest);
        listeners.forEach(Runnable::run);
    }

    /** Every version that was ever installed here, in that order. */
    List<String> installedVersions() {
        return List.copyOf(versions);
    }

    void failAdmissionsWith(IOException now) {
        failure = Optional.of(now);
    }

    void workAgain() {
        failure = Optional.empty();
        listeners.forEach(Runnable::run);
    }

    @Override
    public Verdict admit(Path file) throws IOException {
        if (failure.isPresent()) {
            throw failure.get();
        }
        var bytes = Files.readAllBytes(file);
        var digest = Digest.of(bytes);
        var copy = Files.createTempFile(store, "read", ".tmp");
        try {
            Files.write(copy, bytes);
            var verdict = judge(file.getFileName().toString(), copy, digest);
            if (verdict instanceof Trusted) {
                Files.write(path(digest), bytes);
            }
            return verdict;
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    void breakNextRecheck() {
        broken.set(true);
    }

    @Override
    public Verdict recheck(Digest digest) {
        if (broken.getAndSet(false)) {
            throw new IllegalStateException("broken, for once");
        }
        if (!Files.exists(path(digest))) {
            return refused(digest.hex(), digest, "store.missing", "the store does not have it");
        }
        return judge(digest.hex(), path(digest), digest);
    }

    private Verdict judge(String subject, Path file, Digest digest) {
        if (revoked.contains(digest)) {
            return refused(subject, digest, "revoked.file", "it is revoked");
        }
        try (var jar = new JarFile(file.toFile())) {
            var manifest = jar.getManifest().getMainAttributes();
            if (!"yes".equals(manifest.getValue("Test-Signed"))) {
                return refused(subject, digest, "signature.missing", "it is not signed");
            }
            var agents = manifest.getValue("Test-Agents");
            return new Trusted(
                    subject,
                    new Artifact(
                            manifest.getValue("Bundle-SymbolicName"),
                            Version.parseVersion(manifest.getValue("Bundle-Version")),
                            digest,
                            Files.size(file)),
                    "test",
                    List.of(new Signature("Ed25519", "CN=Test", digest, digest, Instant.MAX, Optional.empty())),
                    agents == null ? List.of() : Arrays.asList(agents.split(",", -1)),
                    List.of());
        } catch (IOException damaged) {
            return refused(subject, digest, "zip.damaged", "it is not a whole zip");
        }
    }

    private static Refused refused(String subject, Digest digest, String code, String reason) {
        return new Refused(subject, Optional.of(digest), code, reason, "", "Sign it.");
    }

    @Override
    public Optional<Path> stored(Digest digest) {
        return Optional.of(path(digest)).filter(Files::exists);
    }

    private Path path(Digest digest) {
        return store.resolve(digest.hex() + ".jar");
    }

    @Override
    public Bundle install(Digest digest) throws BundleException {
        if (recheck(digest) instanceof Refused refused) {
            throw new BundleException(refused.text());
        }
        try (var bytes = Files.newInputStream(path(digest))) {
            var bundle = context.installBundle("store:" + digest.hex(), bytes);
            installed.put(bundle.getBundleId(), digest);
            versions.add(bundle.getVersion().toString());
            return bundle;
        } catch (IOException unreadable) {
            throw new BundleException("the store cannot be read", unreadable);
        }
    }

    @Override
    public Optional<Verdict> verdict(Bundle bundle) {
        return Optional.ofNullable(installed.get(bundle.getBundleId())).map(this::recheck);
    }

    @Override
    public void retain(Set<Digest> keep) throws IOException {
        try (var files = Files.newDirectoryStream(store, "*.jar")) {
            for (var file : files) {
                var digest = new Digest(file.getFileName().toString().replace(".jar", ""));
                if (!keep.contains(digest)) {
                    Files.delete(file);
                }
            }
        }
    }

    @Override
    public AutoCloseable onPolicyChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
