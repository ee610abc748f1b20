package org.openclaw.launcher.claw.doctor;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openclaw.deploy.Verdict;
import org.openclaw.deploy.trust.TrustStore;

/** Whether the trust store can be read, trusts anybody, and knows what is revoked. */
final class TrustStoreCheck implements Check {
    @Override
    public String area() {
        return "trust store";
    }

    @Override
    public Examination look(Situation situation) throws IOException {
        var trust = situation.home().trust();
        if (!Files.isDirectory(trust)) {
            return Files.isDirectory(situation.home().conf())
                    ? Examination.of("missing", nobody(situation))
                    : Examination.of("none yet");
        }
        var store = TrustStore.load(trust, serialSeen(situation));
        var findings = new ArrayList<Finding>();
        for (var problem : store.problems()) {
            findings.add(finding(situation, problem));
        }
        for (var file : files(trust.resolve("crl"), ".crl")) {
            stale(situation, file).ifPresent(findings::add);
        }
        var names = store.publisherNames();
        if (names.isEmpty() && files(trust.resolve("publishers"), ".json").isEmpty()) {
            findings.add(nobody(situation));
        }
        var summary = names.isEmpty() ? "nobody is trusted" : "trusts " + String.join(", ", names);
        return new Examination(summary, findings);
    }

    /** How far the revocation list had come when a container last ran; what cannot be read has seen nothing. */
    static long serialSeen(Situation situation) throws IOException {
        var file = situation.home().data().resolve("artifacts/revoked.serial");
        if (!Files.isReadable(file)) {
            return 0;
        }
        var text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }

    private static Finding nobody(Situation situation) {
        var trust = situation.home().trust();
        var finding = Finding.warning(
                        "publisher.none",
                        situation.named(trust.resolve("publishers")),
                        "Nobody is trusted: there is no publisher in " + trust + ".")
                .because("No bundle that is deployed will run.");
        return situation.publishersOfTheInstallation().isEmpty()
                ? finding.cure(
                        "Make a publisher of your own, or add one by its certificate with 'claw trust add'.",
                        situation.shell().claw("keygen", "acme"))
                : finding.cure(
                        "Take those of the installation, as the next start will.",
                        Shell.copyPublishers(situation.installation(), situation.home(), false));
    }

    /** The trust store's own words; the files are named where the command can mend them. */
    private static Finding finding(Situation situation, Verdict.Flag problem) {
        var trust = situation.home().trust();
        // what is wrong comes first, what to do last
        var sentences = List.of(problem.text().split("(?<=\\.) (?=[A-Z])"));
        var text = sentences.getFirst();
        var cure = sentences.size() > 1 ? sentences.getLast() : "";
        var file = file(trust, problem.text());
        boolean blocks =
                List.of("trust.crl", "revoked.unreadable", "revoked.rolledback").contains(problem.code());
        var finding = Finding.error(problem.code(), situation.named(file), text)
                .because(
                        blocks
                                ? "While it is so, nothing new is let in, whoever signed it."
                                : "What depends on it is refused: every reading of a trust store is the strictest.");
        return switch (problem.code()) {
            case "trust.publisher" -> finding.cure(cure, Shell.edit(file));
            case "trust.anchor" -> anchor(situation, finding, problem.text(), cure);
            case "trust.certificate", "trust.crl" ->
                finding.cure(
                        "Fetch it again; or take it out of the trust store.",
                        Shell.command("mv", "--", file, file + ".damaged"));
            case "revoked.unreadable" -> finding.cure(cure, Shell.edit(file));
            default -> finding.cure(cure);
        };
    }

    /** The file of the trust store that a sentence is about. */
    private static Path file(Path trust, String text) {
        for (var part : List.of("roots", "tsa", "crl", "publishers")) {
            for (var file : files(trust.resolve(part), "")) {
                if (text.contains(file.toString())) {
                    return file;
                }
            }
        }
        var revoked = trust.resolve("revoked.json");
        return text.contains(revoked.toString()) ? revoked : trust;
    }

    /** An anchor of our own can be taken from beside its key. */
    private static Finding anchor(Situation situation, Finding finding, String text, String cure) {
        for (var chain : Certificates.ownChains(situation.home())) {
            for (var certificate : chain.certificates()) {
                if (text.contains(Certificates.key(certificate).brief())) {
                    var target = situation.home().trust().resolve("roots").resolve(chain.owner() + "-anchor.pem");
                    return finding.cure(
                            "It is in your keys: copy it.", Shell.command("cp", "--", chain.file(), target));
                }
            }
        }
        return finding.cure(cure);
    }

    private static Optional<Finding> stale(Situation situation, Path file) throws IOException {
        try {
            var overdue = lists(file).stream()
                    .map(X509CRL::getNextUpdate)
                    .filter(next -> next != null && next.toInstant().isBefore(situation.now()))
                    .map(next -> next.toInstant())
                    .min(Instant::compareTo);
            return overdue.map(since -> Finding.warning(
                            "crl.stale",
                            situation.named(file),
                            "The revocation list %s is out of date: the next one was due at %s.".formatted(file, since))
                    .because("New bundles under its authority are refused, running ones are flagged.")
                    .cure("Fetch the present list from the authority and put it in its place."));
        } catch (CertificateException | CRLException unreadable) {
            // a problem of the store, said above
            return Optional.empty();
        }
    }

    private static List<X509CRL> lists(Path file) throws IOException, CertificateException, CRLException {
        var lists = new ArrayList<X509CRL>();
        for (var list : CertificateFactory.getInstance("X.509")
                .generateCRLs(new ByteArrayInputStream(Files.readAllBytes(file)))) {
            lists.add((X509CRL) list);
        }
        return lists;
    }

    private static List<Path> files(Path folder, String suffix) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
