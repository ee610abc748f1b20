package org.openclaw.deploy.trust;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.openclaw.deploy.RevocationList;
import org.openclaw.deploy.TrustedPublisher;
import org.openclaw.deploy.TrustedPublisher.Limits;
import org.openclaw.deploy.Verdict;

/**
 * A folder of trust as it was at one moment: {@code roots/*.pem}, {@code tsa/*.pem}, {@code crl/*.crl},
 * {@code publishers/*.json} and {@code revoked.json}. Immutable.
 *
 * <p>A damaged file never stops loading; it is reported by {@link #problems()}, and what depends on it fails closed: a
 * damaged publisher's file trusts nothing, a damaged certificate anchors nothing, and with a damaged revocation list
 * nothing new is trusted.
 */
public final class TrustStore {
    private static final Pattern PUBLISHER = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?");

    private final Path folder;
    private final List<Verdict.Flag> problems = new ArrayList<>();
    private final List<X509Certificate> roots = new ArrayList<>();
    private final List<X509Certificate> authorities = new ArrayList<>();
    private final List<X509CRL> crls = new ArrayList<>();
    private final List<Publisher> publishers = new ArrayList<>();
    /** What is wrong with the entries of publishers, by name; the names of sound ones only where an anchor is missing. */
    private final SortedMap<String, String> flawed = new TreeMap<>();

    private final long serialSeen;
    private RevokedList revoked;
    private Optional<Verdict.Flag> blocked = Optional.empty();

    private TrustStore(Path folder, long serialSeen, RevokedList before) {
        this.folder = folder;
        this.revoked = before;
        this.serialSeen = serialSeen;
        if (!Files.isDirectory(folder)) {
            problem(
                    "trust.missing",
                    "There is no trust store at " + folder + ", so nothing is trusted. Make a publisher:"
                            + " claw keygen NAME.");
        }
        each("roots", ".pem", file -> roots.addAll(certificates(file)), this::certificateProblem);
        each("tsa", ".pem", file -> authorities.addAll(certificates(file)), this::certificateProblem);
        each("crl", ".crl", file -> crls.addAll(crls(file)), this::crlProblem);
        each("publishers", ".json", this::publisher, this::publisherProblem);
        revoked(before);
    }

    /**
     * Reads the folder as it is now.
     *
     * @param folder such as {@code conf/trust}
     */
    public static TrustStore load(Path folder) {
        return load(folder, 0);
    }

    /**
     * The same, for a container that has seen this serial of {@code revoked.json} before, maybe in an earlier run: a
     * smaller one, or no list at all, is a rolled-back list, and nothing new is trusted.
     */
    public static TrustStore load(Path folder, long serialSeen) {
        return new TrustStore(folder, serialSeen, RevokedList.empty());
    }

    /**
     * Reads the same folder again. What this one knows to be revoked stays revoked when the list has become unreadable or
     * has gone back.
     */
    public TrustStore reload() {
        return new TrustStore(folder, serial(), revoked);
    }

    /**
     * A text that changes whenever a file of the folder does: names, sizes, times and file keys. Cheap; nothing is read.
     * Take it before {@link #load}, so that a change in between shows the next time.
     */
    public static String state(Path folder) {
        var state = new StringBuilder();
        for (var part : List.of("roots", "tsa", "crl", "publishers")) {
            for (var file : files(folder.resolve(part), "")) {
                append(state, part, file);
            }
        }
        append(state, "", folder.resolve("revoked.json"));
        return state.toString();
    }

    private static void append(StringBuilder state, String part, Path file) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            state.append(part)
                    .append('/')
                    .append(file.getFileName())
                    .append(' ')
                    .append(attributes.size())
                    .append(' ')
                    .append(attributes.lastModifiedTime().toInstant())
                    .append(' ')
                    .append(attributes.fileKey())
                    .append('\n');
        } catch (NoSuchFileException gone) {
            state.append(part).append('/').append(file.getFileName()).append(" absent\n");
        } catch (IOException unreadable) {
            state.append(part).append('/').append(file.getFileName()).append(" unreadable\n");
        }
    }

    /** What is wrong with the folder, for an operator; empty when all is well. */
    public List<Verdict.Flag> problems() {
        return List.copyOf(problems);
    }

    /** The greatest serial of {@code revoked.json} seen so far; a container keeps it for {@link #load(Path, long)}. */
    public long serial() {
        return Math.max(serialSeen, revoked.serial());
    }

    /** The names of the publishers whose files are sound. */
    public List<String> publisherNames() {
        return publishers.stream().map(Publisher::name).toList();
    }

    /** Every publisher's entry, by name, those that cannot be read included. */
    public List<TrustedPublisher> entries() {
        var entries = new TreeMap<String, TrustedPublisher>();
        flawed.forEach((name, why) ->
                entries.put(name, new TrustedPublisher(name, List.of(), Limits.NOTHING, Optional.of(why))));
        for (var publisher : publishers) {
            var flaw = Optional.ofNullable(flawed.get(publisher.name()));
            entries.put(publisher.name(), StoreEntries.of(publisher, anchors(publisher), flaw));
        }
        return List.copyOf(entries.values());
    }

    /** What is revoked; while the list cannot be read, or has gone back, what was known before. */
    public RevocationList revocations() {
        return StoreEntries.of(revoked);
    }

    List<Publisher> publishers() {
        return publishers;
    }

    List<X509Certificate> roots() {
        return roots;
    }

    /** The certificates that this publisher's chains may end in. */
    List<X509Certificate> anchors(Publisher publisher) {
        return roots.stream()
                .filter(root -> publisher.anchors().contains(Certificates.key(root)))
                .toList();
    }

    List<X509Certificate> authorities() {
        return authorities;
    }

    List<X509CRL> crls() {
        return crls;
    }

    RevokedList revoked() {
        return revoked;
    }

    /** Why nothing new may be trusted at all, if so. */
    Optional<Verdict.Flag> blocked() {
        return blocked;
    }

    /** Reads one file. */
    @FunctionalInterface
    private interface Reading {
        void read(Path file) throws IOException, CertificateException, CRLException, JsonFields.Unreadable;
    }

    /** Takes note of a file that cannot be read. */
    @FunctionalInterface
    private interface Damage {
        void report(Path file, String why);
    }

    private void each(String part, String suffix, Reading reading, Damage damage) {
        for (var file : files(folder.resolve(part), suffix)) {
            try {
                reading.read(file);
            } catch (IOException | CertificateException | CRLException | JsonFields.Unreadable | RuntimeException bad) {
                damage.report(file, String.valueOf(bad.getMessage()));
            }
        }
    }

    private static List<Path> files(Path folder, String suffix) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        } catch (IOException | java.io.UncheckedIOException unreadable) {
            return List.of(folder);
        }
    }

    private static List<X509Certificate> certificates(Path file) throws IOException, CertificateException {
        var certificates = new ArrayList<X509Certificate>();
        for (var certificate : CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)))) {
            certificates.add((X509Certificate) certificate);
        }
        if (certificates.isEmpty()) {
            throw new CertificateException("no certificate in it");
        }
        return certificates;
    }

    private static List<X509CRL> crls(Path file) throws IOException, CertificateException, CRLException {
        var crls = new ArrayList<X509CRL>();
        for (var crl : CertificateFactory.getInstance("X.509")
                .generateCRLs(new ByteArrayInputStream(Files.readAllBytes(file)))) {
            crls.add((X509CRL) crl);
        }
        if (crls.isEmpty()) {
            throw new CRLException("no revocation list in it");
        }
        return crls;
    }

    private void publisher(Path file) throws IOException, JsonFields.Unreadable {
        var name = name(file);
        if (!PUBLISHER.matcher(name).matches()) {
            throw new JsonFields.Unreadable(
                    "'" + name + "' is no name of a publisher (expected: a-z, 0-9, '.', '_', '-')");
        }
        var publisher = Publisher.read(name, file);
        for (var anchor : publisher.anchors()) {
            if (roots.stream().noneMatch(root -> Certificates.key(root).equals(anchor))) {
                problem(
                        "trust.anchor",
                        "Publisher '%s' names the anchor %s, which no file in %s has. Add the certificate there."
                                .formatted(name, anchor.brief(), folder.resolve("roots")));
                flaw(
                        name,
                        "It names the anchor %s, which no file in roots/ of the trust store has. Add the certificate there."
                                .formatted(anchor.brief()));
            }
        }
        publishers.add(publisher);
    }

    private void revoked(RevokedList before) {
        var file = folder.resolve("revoked.json");
        try {
            var list = Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? RevokedList.read(file) : RevokedList.empty();
            if (list.serial() < serialSeen || (list.serial() == before.serial() && !list.equals(before))) {
                block(problem(
                        "revoked.rolledback",
                        "The revocation list %s has gone back: serial %d, known: %d. Nothing new is trusted. Restore it."
                                .formatted(file, list.serial(), serialSeen)));
            } else {
                revoked = list;
            }
        } catch (IOException | JsonFields.Unreadable | RuntimeException damaged) {
            block(problem(
                    "revoked.unreadable",
                    "Cannot read the revocation list %s: %s. Nothing new is trusted. Restore or correct it."
                            .formatted(file, damaged.getMessage())));
        }
    }

    private void certificateProblem(Path file, String why) {
        problem(
                "trust.certificate",
                "Cannot read the certificate %s: %s. Nothing is trusted because of it. Put an X.509 certificate there, PEM."
                        .formatted(file, why));
    }

    private void crlProblem(Path file, String why) {
        // It may be anybody's, so it concerns everybody.
        block(problem(
                "trust.crl",
                "Cannot read the revocation list %s: %s. Nothing new is trusted. Fetch it again or delete it."
                        .formatted(file, why)));
    }

    private void publisherProblem(Path file, String why) {
        flaw(
                name(file),
                "Its file publishers/%s cannot be read: %s. Nothing is trusted by it. Correct it."
                        .formatted(file.getFileName(), why));
        problem(
                "trust.publisher",
                "Cannot read the publisher's file %s: %s. Its publisher is not trusted. Correct it."
                        .formatted(file, why));
    }

    private void flaw(String publisher, String text) {
        flawed.merge(publisher, text, (one, other) -> one + " " + other);
    }

    private static String name(Path publisherFile) {
        var fileName = publisherFile.getFileName().toString();
        return fileName.substring(0, fileName.length() - ".json".length());
    }

    private Verdict.Flag problem(String code, String text) {
        var flag = new Verdict.Flag(code, text);
        problems.add(flag);
        return flag;
    }

    private void block(Verdict.Flag why) {
        if (blocked.isEmpty()) {
            blocked = Optional.of(why);
        }
    }
}
