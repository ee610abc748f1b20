package org.openclaw.launcher.gate;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.openclaw.deploy.Artifact;
import org.openclaw.deploy.Digest;
import org.openclaw.deploy.Gate;
import org.openclaw.deploy.Trust;
import org.openclaw.deploy.Verdict;
import org.openclaw.deploy.trust.VerifiedJar;
import org.openclaw.deploy.trust.Verifier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleRevision;

/**
 * The gate of a running framework.
 *
 * <p>A jar goes through in this order: its bytes are read once, into memory, where nobody else can change them; there they
 * are hashed and verified, and their signers judged; trusted, they are written to the store under their digest. To run, those bytes are hashed again, judged
 * again, and hashed a third time while the framework takes them: what the framework has is what was judged. The revision
 * that comes of it is remembered as an object, and {@link GateHook} lets no other one resolve.
 *
 * <p>Nothing in {@code data/} is believed but what the trust store in {@code conf/} confirms. What was known before a
 * restart, and is remembered in {@code conf/trust} too, decides one thing in favour of a jar: that an expired signer or an
 * outdated revocation list does not stop it, as it would not have stopped it without the restart.
 *
 * <p>Verdicts are taken under a lock, in which nothing foreign is called; listeners and the framework are called outside.
 */
public final class TrustGate implements Gate, AutoCloseable {
    private static final long LARGEST = 512L << 20;

    private final BundleContext context;
    private final ArtifactStore store;
    private final KnownArtifacts known;
    private final RevocationSerial serial;
    private final TrustWatch trust;
    private final Verifier verifier;
    private final InstalledBundles installed;
    private final Revisions revisions = new Revisions();
    private final Map<Digest, VerifiedJar> verified = new ConcurrentHashMap<>();
    private final Map<Digest, Verdict> verdicts = new ConcurrentHashMap<>();
    private final Object lock = new Object();

    private TrustGate(
            BundleContext context,
            ArtifactStore store,
            KnownArtifacts known,
            RevocationSerial serial,
            TrustWatch trust,
            InstantSource clock) {
        this.context = context;
        this.store = store;
        this.known = known;
        this.serial = serial;
        this.trust = trust;
        this.verifier = new Verifier(trust::store, clock);
        this.installed = new InstalledBundles(known);
    }

    /**
     * Puts a gate into a framework that has been initialised and not started.
     *
     * @param context of the system bundle
     * @param artifacts where the store is, such as {@code data/artifacts}
     * @param trustFolder such as {@code conf/trust}
     */
    public static TrustGate open(BundleContext context, Path artifacts, Path trustFolder, InstantSource clock)
            throws IOException {
        var store = new ArtifactStore(artifacts);
        var known = new KnownArtifacts(trustFolder.resolve("known.json"));
        var serial = new RevocationSerial(artifacts.resolve("revoked.serial"));
        var trust = new TrustWatch(trustFolder, serial.seen());
        trust.remember(serial);
        var gate = new TrustGate(context, store, known, serial, trust, clock);
        gate.admitSystem(context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION));
        context.registerService(
                ResolverHookFactory.class, new GateHook(gate::refusal), FrameworkUtil.asDictionary(Map.of()));
        context.registerService(Gate.class, gate, FrameworkUtil.asDictionary(Map.of()));
        context.registerService(Trust.class, new FolderTrust(trust, trustFolder), FrameworkUtil.asDictionary(Map.of()));
        return gate;
    }

    /** Admits a bundle of the container itself; its bytes have been checked by whoever installed it. */
    public void admitSystem(Bundle bundle) {
        revisions.admit(bundle.adapt(BundleRevision.class), new Origin.Installation());
        installed.system(String.valueOf(bundle.getSymbolicName()));
    }

    /** Begins to watch the trust store. */
    public void watch() {
        trust.start(this::judgeAgain);
    }

    @Override
    public void close() {
        trust.close();
    }

    @Override
    public Verdict admit(Path file) throws IOException {
        var subject = String.valueOf(file.getFileName());
        if (Files.size(file) > LARGEST) {
            return Refusals.tooLarge(subject, Files.size(file), LARGEST);
        }
        try (var arena = Arena.ofConfined()) {
            var bytes = ArtifactStore.read(file, LARGEST, arena);
            var digest = Digest.of(bytes.duplicate());
            var before = verified.get(digest);
            if (before != null) {
                return admit(subject, bytes, before);
            }
            return switch (verifier.inspect(subject, bytes.duplicate())) {
                case Verifier.Inspection.Unsound unsound -> unsound.refusal();
                case Verifier.Inspection.Sound sound -> admit(subject, bytes, sound.jar());
            };
        }
    }

    private Verdict admit(String subject, ByteBuffer bytes, VerifiedJar jar) throws IOException {
        synchronized (lock) {
            var verdict = judge(subject, jar);
            if (verdict instanceof Verdict.Trusted trusted) {
                store.keep(jar.digest(), bytes);
                known.remember(trusted);
                verified.put(jar.digest(), jar);
                verdicts.put(jar.digest(), trusted);
            }
            return verdict;
        }
    }

    @Override
    public Verdict recheck(Digest digest) {
        var file = store.find(digest);
        if (file.isEmpty()) {
            return Refusals.missing(digest);
        }
        try {
            var jar = verified.get(digest);
            if (jar == null) {
                switch (inspect("sha256 " + digest.brief(), file.get())) {
                    case Verifier.Inspection.Unsound unsound -> {
                        var same = unsound.refusal().digest().equals(Optional.of(digest));
                        return same
                                ? unsound.refusal()
                                : Refusals.changed(unsound.refusal().subject(), digest);
                    }
                    case Verifier.Inspection.Sound sound -> jar = sound.jar();
                }
            } else if (!ArtifactStore.hash(file.get()).equals(digest)) {
                return Refusals.changed(name(jar), digest);
            }
            if (!jar.digest().equals(digest)) {
                return Refusals.changed(name(jar), digest);
            }
            synchronized (lock) {
                verified.put(digest, jar);
                var verdict = judge(name(jar), jar);
                verdicts.put(digest, verdict);
                return verdict;
            }
        } catch (IOException unreadable) {
            return Refusals.unreadable(digest, unreadable);
        }
    }

    @Override
    public Optional<Path> stored(Digest digest) {
        return store.find(digest);
    }

    @Override
    public Bundle install(Digest digest) throws BundleException {
        var trusted = switch (recheck(digest)) {
            case Verdict.Refused refused -> throw refused(refused);
            case Verdict.Trusted yes -> yes;
        };
        var location = location(trusted.artifact());
        var squatter = context.getBundle(location);
        if (squatter != null && !isOf(squatter, digest)) {
            // somebody installed something else under our location: the framework would return it without a look at
            // ours
            squatter.uninstall();
        }
        var file = store.find(digest).orElseThrow(() -> refused(Refusals.missing(digest)));
        try (var in = new DigestInputStream(Files.newInputStream(file), Digest.sha256())) {
            var bundle = context.installBundle(location, in);
            if (isOf(bundle, digest)) {
                return bundle;
            }
            if (!Digest.of(in.getMessageDigest()).equals(digest)) {
                bundle.uninstall();
                throw refused(Refusals.changed(name(trusted.artifact()), digest));
            }
            revisions.admit(bundle.adapt(BundleRevision.class), new Origin.Stored(digest));
            installed.deployed(trusted);
            return bundle;
        } catch (IOException unreadable) {
            throw refused(Refusals.unreadable(digest, unreadable));
        }
    }

    @Override
    public Optional<Verdict> verdict(Bundle bundle) {
        var revision = bundle.adapt(BundleRevision.class);
        if (revision == null) {
            return Optional.empty();
        }
        return switch (revisions.origin(revision).orElse(null)) {
            case Origin.Installation() -> Optional.empty();
            case Origin.Stored(var digest) ->
                Optional.of(Optional.ofNullable(verdicts.get(digest)).orElseGet(() -> Refusals.missing(digest)));
            case null -> Optional.of(Refusals.bypass(bundle));
        };
    }

    @Override
    public void retain(Set<Digest> keep) throws IOException {
        synchronized (lock) {
            store.retain(keep);
            verified.keySet().removeIf(digest -> !keep.contains(digest) && !isRunning(digest));
            verdicts.keySet().retainAll(verified.keySet());
        }
    }

    @Override
    public AutoCloseable onPolicyChange(Runnable listener) {
        return trust.listen(listener);
    }

    /** For the hook: why a revision may not run. */
    private Optional<Verdict.Refused> refusal(BundleRevision revision) {
        return switch (revisions.origin(revision).orElse(null)) {
            case Origin.Installation() -> Optional.empty();
            case Origin.Stored(var digest) ->
                switch (verdicts.get(digest)) {
                    case Verdict.Trusted _ -> Optional.empty();
                    case Verdict.Refused refused -> Optional.of(refused);
                    case null -> Optional.of(Refusals.missing(digest));
                };
            case null -> Optional.of(Refusals.bypass(revision.getBundle()));
        };
    }

    /** Called by the watch after each change of the trust store, before its listeners. */
    private void judgeAgain() {
        synchronized (lock) {
            verified.values().forEach(jar -> verdicts.replace(jar.digest(), judge(name(jar), jar)));
            trust.remember(serial);
        }
    }

    private Verdict judge(String subject, VerifiedJar jar) {
        if (isRunning(jar.digest())) {
            return verifier.judge(subject, jar, installed, true);
        }
        return known.digest(jar.artifact()).equals(Optional.of(jar.digest()))
                ? verifier.judgeAgain(subject, jar, installed)
                : verifier.judge(subject, jar, installed, false);
    }

    private Verifier.Inspection inspect(String subject, Path file) throws IOException {
        try (var arena = Arena.ofConfined()) {
            return verifier.inspect(subject, ArtifactStore.read(file, LARGEST, arena));
        }
    }

    private boolean isRunning(Digest digest) {
        var jar = verified.get(digest);
        var bundle = jar == null ? null : context.getBundle(location(jar.artifact()));
        return bundle != null && isOf(bundle, digest);
    }

    private boolean isOf(Bundle bundle, Digest digest) {
        var revision = bundle.adapt(BundleRevision.class);
        return revision != null && revisions.origin(revision).equals(Optional.of(new Origin.Stored(digest)));
    }

    private static String location(Artifact artifact) {
        return "claw:%s/%s/%s".formatted(artifact.name(), artifact.version(), artifact.digest());
    }

    private static String name(VerifiedJar jar) {
        return name(jar.artifact());
    }

    private static String name(Artifact artifact) {
        return artifact.name() + " " + artifact.version();
    }

    private static BundleException refused(Verdict.Refused refused) {
        return new BundleException(refused.text(), BundleException.REJECTED_BY_HOOK);
    }
}
