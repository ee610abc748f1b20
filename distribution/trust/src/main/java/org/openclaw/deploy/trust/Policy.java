package org.openclaw.deploy.trust;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.openclaw.deploy.Digest;
import org.openclaw.deploy.Signature;
import org.openclaw.deploy.Verdict;
import org.osgi.framework.Version;

/**
 * Decides whether a verified jar may run: who signed it, whether that still holds, and whether its publisher may do what it
 * does. Without state; a verdict holds for the moment and the trust store that were given.
 *
 * <p>Order of the questions: revocation, then trust store, signers, chains, publisher. Revocation wins over everything and
 * is the only thing that stops what runs already.
 */
public final class Policy {
    private static final String NOBODY = "none";

    /** What time brings about, without anybody deciding anything. */
    private static final Set<String> LAPSED = Set.of("signer.expired", "crl.stale", "crl.missing");

    private final VerifiedJar jar;
    private final TrustStore store;
    private final Known known;
    private final Trace trace;
    private final Standing standing;
    private final RevocationCheck revocation;
    private final SignerCheck signers;

    /** How much of a finding a jar has to answer for. */
    private enum Standing {
        /** For everything. */
        NEW,
        /** For everything but what time brought about since it was admitted. */
        KNOWN,
        /** For a revocation alone. */
        RUNNING
    }

    /** What else is installed; the installer knows. */
    public interface Known {
        /** The publisher that first brought this agent type. */
        Optional<String> publisherOf(String agentType);

        /** The publisher of the bundle, of any version, that is installed under this symbolic name. */
        Optional<String> publisherOfBundle(String symbolicName);

        /** The digest under which this version of a bundle is known. */
        Optional<Digest> digestOf(String symbolicName, Version version);

        /** Nothing is installed. */
        static Known nothing() {
            return new Known() {
                @Override
                public Optional<String> publisherOf(String agentType) {
                    return Optional.empty();
                }

                @Override
                public Optional<String> publisherOfBundle(String symbolicName) {
                    return Optional.empty();
                }

                @Override
                public Optional<Digest> digestOf(String symbolicName, Version version) {
                    return Optional.empty();
                }
            };
        }
    }

    private Policy(VerifiedJar jar, TrustStore store, Instant now, Known known, Standing standing, Trace trace) {
        this.jar = jar;
        this.store = store;
        this.known = known;
        this.standing = standing;
        this.trace = trace;
        this.revocation = new RevocationCheck(store, now);
        this.signers = new SignerCheck(store, now);
    }

    /** Judges a jar that does not run yet. */
    public static Verdict judge(String subject, VerifiedJar jar, TrustStore store, Instant now, Known known) {
        return judge(subject, jar, store, now, known, false);
    }

    /**
     * Judges a jar.
     *
     * @param subject what it is, for messages
     * @param now the time at which certificates without a timestamp are judged
     * @param running whether these very bytes run already: then only a revocation refuses, everything else is flagged
     */
    public static Verdict judge(
            String subject, VerifiedJar jar, TrustStore store, Instant now, Known known, boolean running) {
        return judge(subject, jar, store, now, known, running, new Trace());
    }

    static Verdict judge(
            String subject, VerifiedJar jar, TrustStore store, Instant now, Known known, boolean running, Trace trace) {
        return new Policy(jar, store, now, known, running ? Standing.RUNNING : Standing.NEW, trace).judge(subject);
    }

    /**
     * Judges a jar that was admitted before and does not run at the moment, because the container was started again: an
     * expired signer and an outdated or missing revocation list of an authority are flagged, as they would have been
     * without the restart; whatever else has changed refuses it, as it would something new.
     */
    public static Verdict judgeAgain(String subject, VerifiedJar jar, TrustStore store, Instant now, Known known) {
        return new Policy(jar, store, now, known, Standing.KNOWN, new Trace()).judge(subject);
    }

    private Verdict judge(String subject) {
        try {
            trace.step("revocation");
            checkRevocation();
        } catch (Rejected revoked) {
            return refused(subject, revoked);
        }
        try {
            trace.step("trust store");
            checkStore();
            trace.step("publisher");
            return admit(subject);
        } catch (Rejected rejected) {
            return standing == Standing.RUNNING ? flagged(subject, rejected) : refused(subject, rejected);
        }
    }

    private Verdict refused(String subject, Rejected why) {
        trace.failed(why);
        return why.of(subject, Optional.of(jar.digest()));
    }

    /** It runs, so it goes on; the operator is told. */
    private Verdict flagged(String subject, Rejected why) {
        trace.failed(why);
        var signatures = new ArrayList<Signature>();
        for (var signature : jar.signatures()) {
            var path = path(signature, store.roots())
                    .orElseGet(() -> Certificates.longestPath(signature.certificate(), signature.others()));
            signatures.add(
                    SignerCheck.describe(signature, path, signature.timestamp().map(Timestamp::at)));
        }
        var publisher = store.publishers().stream()
                .filter(candidate -> accepted(candidate) == jar.signatures().size())
                .map(Publisher::name)
                .findFirst()
                .orElse(NOBODY);
        return new Verdict.Trusted(subject, jar.artifact(), publisher, signatures, jar.agents(), List.of(why.flag()));
    }

    private void checkRevocation() throws Rejected {
        revocation.checkList(jar);
        for (var signature : jar.signatures()) {
            var path = path(signature, store.roots());
            if (path.isPresent()) {
                revocation.checkKeys(path.get());
                revocation.checkRevoked(path.get());
            }
        }
    }

    private void checkStore() throws Rejected {
        var blocked = store.blocked();
        if (blocked.isPresent()) {
            throw new Rejected(
                    blocked.get().code(),
                    "the trust store is damaged",
                    "a sound trust store",
                    blocked.get().text());
        }
    }

    /** Tries each publisher whose anchors all signers lead to; the refusal of the first that knows the name is kept. */
    private Verdict admit(String subject) throws Rejected {
        var candidates = store.publishers().stream()
                .filter(publisher -> accepted(publisher) == jar.signatures().size())
                .toList();
        if (candidates.isEmpty()) {
            throw noPublisher();
        }
        Optional<Rejected> refusal = Optional.empty();
        var named = false;
        for (var candidate : candidates) {
            try {
                return admit(subject, candidate);
            } catch (Rejected rejected) {
                var knowsName = Publisher.matches(candidate.bundles(), jar.name());
                if (refusal.isEmpty() || (knowsName && !named)) {
                    refusal = Optional.of(rejected);
                    named = knowsName;
                }
            }
        }
        throw refusal.orElseThrow();
    }

    private Verdict admit(String subject, Publisher publisher) throws Rejected {
        trace.note(publisher.name());
        var signatures = new ArrayList<Signature>();
        var lapses = new ArrayList<Verdict.Flag>();
        for (var signature : jar.signatures()) {
            var path = path(signature, store.anchors(publisher)).orElseThrow();
            trace.step("chain of " + Certificates.shown(signature.certificate()));
            signatures.add(checkSigner(signature, path, lapses));
            trace.step("revocation lists of its authorities");
            for (var issuer : path.subList(1, path.size())) {
                checkLists(issuer, publisher, lapses);
            }
        }
        trace.step("limits of publisher '" + publisher.name() + "'");
        new PublisherLimits(publisher, jar, known).check();
        return new Verdict.Trusted(subject, jar.artifact(), publisher.name(), signatures, jar.agents(), lapses);
    }

    /** A signer that has expired since is judged as it was on its last day. */
    private Signature checkSigner(SignedContent signature, List<X509Certificate> path, List<Verdict.Flag> lapses)
            throws Rejected {
        try {
            return signers.check(signature, path);
        } catch (Rejected rejected) {
            note(rejected, lapses);
            var lastDay = path.getFirst().getNotAfter().toInstant();
            return new SignerCheck(store, lastDay).check(signature, path);
        }
    }

    private void checkLists(X509Certificate issuer, Publisher publisher, List<Verdict.Flag> lapses) throws Rejected {
        try {
            revocation.checkLists(issuer, publisher.crlRequired());
        } catch (Rejected rejected) {
            note(rejected, lapses);
        }
    }

    /** Flags what time alone has brought about, where that does not refuse. */
    private void note(Rejected rejected, List<Verdict.Flag> lapses) throws Rejected {
        if (standing != Standing.KNOWN || !LAPSED.contains(rejected.code())) {
            throw rejected;
        }
        lapses.add(rejected.flag());
    }

    /** How many of the signatures lead to an anchor of this publisher. */
    private int accepted(Publisher publisher) {
        var anchors = store.anchors(publisher);
        return (int) jar.signatures().stream()
                .filter(signature -> path(signature, anchors).isPresent())
                .count();
    }

    private static Optional<List<X509Certificate>> path(SignedContent signature, List<X509Certificate> anchors) {
        return Certificates.path(signature.certificate(), signature.others(), anchors);
    }

    /** Says why no publisher's anchors account for all signers. */
    private Rejected noPublisher() {
        var some = store.publishers().stream().anyMatch(publisher -> accepted(publisher) > 0);
        for (var signature : jar.signatures()) {
            if (path(signature, store.roots()).isEmpty()) {
                return untrusted(signature, some);
            }
        }
        var shown = Certificates.shown(jar.signatures().getFirst().certificate());
        if (some) {
            return new Rejected(
                    "signer.extra",
                    "its signers belong to different publishers",
                    "every signer of one publisher",
                    "Sign it again with the keys of its publisher: claw sign.");
        }
        return new Rejected(
                "publisher.unknown",
                "signer " + shown + " belongs to no publisher",
                "a publisher whose file names its anchor; there are: " + store.publisherNames(),
                "Add it with 'claw trust add'" + damagedFiles());
    }

    private Rejected untrusted(SignedContent signature, boolean some) {
        var shown = Certificates.shown(signature.certificate());
        var top = Certificates.longestPath(signature.certificate(), signature.others())
                .getLast();
        var impostor = store.roots().stream()
                .anyMatch(root -> root.getSubjectX500Principal().equals(top.getSubjectX500Principal())
                        || root.getSubjectX500Principal().equals(top.getIssuerX500Principal()));
        if (impostor) {
            return new Rejected(
                    "chain.impostor",
                    "signer %s leads to an authority that bears the name of a trusted one, but not its key"
                            .formatted(shown),
                    "the key of the trusted authority",
                    "Do not trust it. Get the bundle from its publisher.");
        }
        if (some) {
            return new Rejected(
                    "signer.extra",
                    "it is also signed by " + shown + ", who is not trusted",
                    "trusted signers only",
                    "Sign it again with the keys of its publisher alone: claw sign.");
        }
        return new Rejected(
                "signer.untrusted",
                "signer " + shown + " is not trusted",
                "one of: " + store.publisherNames(),
                "Add its anchor with 'claw trust add', or sign the bundle again" + damagedFiles());
    }

    private String damagedFiles() {
        var damaged = store.problems().stream()
                .filter(problem -> problem.code().equals("trust.publisher")
                        || problem.code().equals("trust.certificate")
                        || problem.code().equals("trust.missing"))
                .map(Verdict.Flag::text)
                .findFirst();
        return damaged.map(text -> ". " + text).orElse(".");
    }
}
