package org.openclaw.launcher.claw.doctor;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.openclaw.deploy.Signature;
import org.openclaw.deploy.Verdict;
import org.openclaw.deploy.trust.TrustStore;
import org.openclaw.deploy.trust.Verifier;

/**
 * What will become of the files in {@code deploy/} at the next start, and whose signatures end soon. What a container that
 * runs says of its files is better, and then only the latter is said here.
 */
final class BundlesCheck implements Check {
    @Override
    public String area() {
        return "bundles";
    }

    @Override
    public Examination look(Situation situation) throws IOException {
        var jars = Certificates.children(situation.home().deploy()).stream()
                .filter(file -> file.toString().endsWith(".jar"))
                .filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
                .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                .toList();
        var store = TrustStore.load(situation.home().trust(), TrustStoreCheck.serialSeen(situation));
        var verifier = new Verifier(() -> store, InstantSource.fixed(situation.now()));
        var known = KnownBundles.read(situation.home().trust().resolve("known.json"));
        var findings = new ArrayList<Finding>();
        int trusted = 0;
        for (var jar : jars) {
            situation
                    .progress()
                    .at("deploy/: %d of %d, %s".formatted(jars.indexOf(jar) + 1, jars.size(), jar.getFileName()));
            var verdict = verdict(verifier, known, jar);
            trusted += verdict instanceof Verdict.Trusted ? 1 : 0;
            findings.addAll(findings(situation, jar, verdict));
        }
        return new Examination("%d in deploy/, %d trusted".formatted(jars.size(), trusted), findings);
    }

    /** As the container judges at its start: what it knows already is not refused for what time alone has brought about. */
    private static Verdict verdict(Verifier verifier, KnownBundles known, Path jar) throws IOException {
        var name = String.valueOf(jar.getFileName());
        try (var arena = Arena.ofConfined();
                var channel = FileChannel.open(jar, StandardOpenOption.READ)) {
            // mapped: a command has little memory, and who writes to it meanwhile only gets a wrong diagnosis
            var bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena)
                    .asByteBuffer();
            return switch (verifier.inspect(name, bytes)) {
                case Verifier.Inspection.Unsound unsound -> unsound.refusal();
                case Verifier.Inspection.Sound sound ->
                    known.holds(sound.jar().artifact())
                            ? verifier.judgeAgain(name, sound.jar(), known)
                            : verifier.judge(name, sound.jar(), known, false);
            };
        }
    }

    private static List<Finding> findings(Situation situation, Path jar, Verdict verdict) {
        boolean asked = situation.serverKnows();
        return switch (verdict) {
            case Verdict.Refused refused -> asked ? List.of() : List.of(refused(situation, jar, refused));
            case Verdict.Trusted trusted -> {
                var findings = new ArrayList<Finding>();
                if (!asked && !trusted.flags().isEmpty()) {
                    findings.add(flagged(jar, trusted.flags()));
                }
                ending(situation, jar, trusted).ifPresent(findings::add);
                yield findings;
            }
        };
    }

    private static Finding flagged(Path jar, List<Verdict.Flag> flags) {
        var codes = flags.stream().map(Verdict.Flag::code).collect(Collectors.joining(", "));
        var texts = flags.stream().map(Verdict.Flag::text).collect(Collectors.joining(" "));
        return Finding.warning(
                        "bundle.flagged",
                        jar.getFileName(),
                        jar.getFileName() + " will run, but would be refused if it came today. [" + codes + "]")
                .because(
                        "It goes on until its file changes; a new version of it that is signed in the same way is refused.")
                .cure(texts);
    }

    private static Finding refused(Situation situation, Path jar, Verdict.Refused refused) {
        var expected = refused.expected().isEmpty() ? "" : " (expected: " + refused.expected() + ")";
        var finding = Finding.error(
                        "bundle.refused",
                        jar.getFileName(),
                        "Refused %s: %s%s. [%s]"
                                .formatted(refused.subject(), refused.reason(), expected, refused.code()))
                .because("It will not run, and nothing will serve in its place.");
        var keys = Certificates.children(situation.home().keys());
        return refused.code().equals("signature.missing") && keys.size() == 1
                ? finding.cure(
                        refused.cure(),
                        situation
                                .shell()
                                .claw("sign", jar, "--key", keys.getFirst().getFileName()))
                : finding.cure(refused.cure());
    }

    /** A timestamp keeps a signature valid beyond its certificate. */
    private static Optional<Finding> ending(Situation situation, Path jar, Verdict.Trusted trusted) {
        return trusted.signatures().stream()
                .filter(signature -> signature.timestamp().isEmpty())
                .map(Signature::notAfter)
                .filter(end -> end.isAfter(situation.now()))
                .min(Instant::compareTo)
                .flatMap(end -> CertificatesCheck.ends(
                        situation, "signer", "The certificate that signed " + jar.getFileName(), jar, end))
                .map(
                        finding -> finding.because("It is refused after that, unless it runs already.")
                                .cure(
                                        "Renew the certificate and deploy a new version signed with it, or get one from its publisher."));
    }
}
