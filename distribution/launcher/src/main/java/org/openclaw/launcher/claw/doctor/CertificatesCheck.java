package org.openclaw.launcher.claw.doctor;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether own keys and trusted anchors are valid, and will be for some time. */
final class CertificatesCheck implements Check {
    /** How early an end is announced. */
    static final Duration AHEAD = Duration.ofDays(30);

    @Override
    public String area() {
        return "certificates";
    }

    @Override
    public Examination look(Situation situation) {
        var findings = new ArrayList<Finding>();
        var chains = Certificates.ownChains(situation.home());
        for (var chain : chains) {
            var end = chain.certificates().getFirst().getNotAfter().toInstant();
            ends(situation, "key", "The certificate of your key '" + chain.owner() + "'", chain.file(), end)
                    .map(finding -> finding.because("What is signed with it after that is refused.")
                            .cure(
                                    "Renew it; the versions that you deploy from then on are valid longer.",
                                    situation.shell().claw("keygen", chain.owner(), "--renew")))
                    .ifPresent(findings::add);
        }
        int anchors = 0;
        for (var part : List.of("roots", "tsa")) {
            for (var file : Certificates.children(situation.home().trust().resolve(part))) {
                for (var certificate :
                        file.toString().endsWith(".pem") ? Certificates.read(file) : List.<X509Certificate>of()) {
                    anchors++;
                    anchor(situation, file, certificate).ifPresent(findings::add);
                }
            }
        }
        return new Examination("%d own, %d trusted".formatted(chains.size(), anchors), findings);
    }

    private static Optional<Finding> anchor(Situation situation, Path file, X509Certificate certificate) {
        var subject = certificate.getSubjectX500Principal().getName();
        return ends(
                        situation,
                        "anchor",
                        "The trusted certificate '" + subject + "'",
                        file,
                        certificate.getNotAfter().toInstant())
                .map(
                        finding -> finding.because("Every bundle below it is refused after that; what runs is flagged.")
                                .cure(
                                        "Get the publisher's next certificate and add it with 'claw trust add', under a new name."));
    }

    /** That something has ended, or soon will. */
    static Optional<Finding> ends(Situation situation, String id, String what, Path file, Instant end) {
        var left = Duration.between(situation.now(), end);
        if (left.compareTo(AHEAD) > 0) {
            return Optional.empty();
        }
        var day = end.truncatedTo(ChronoUnit.SECONDS);
        return Optional.of(
                left.isNegative()
                        ? Finding.warning(id + ".expired", situation.named(file), what + " expired at " + day + ".")
                        : Finding.warning(
                                id + ".expiring",
                                situation.named(file),
                                "%s expires in %s, at %s.".formatted(what, Quantity.duration(left), day)));
    }
}
