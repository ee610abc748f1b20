package org.openclaw.deploy.trust;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;
import org.openclaw.deploy.Digest;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Edits the publishers of a trust store: {@code roots/NAME.pem} with the anchors of a publisher, and
 * {@code publishers/NAME.json} with what it may do. An anchor without its publisher's file admits nothing, so adding
 * writes the anchor first and removing deletes the publisher's file first.
 *
 * <p>Not thread-safe across processes beyond the atomicity of each file; a name is never overwritten.
 */
public final class TrustFolder {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?");
    private static final int LEAST_RSA_BITS = 3072;

    private final Path folder;
    private final JsonMapper json = new JsonMapper();

    /** @param folder the trust store, such as {@code conf/trust} */
    public TrustFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * One publisher of the trust store.
     *
     * @param name its name
     * @param anchors what its chains must end in, as its file names them
     * @param certificates the certificates of {@code roots/NAME.pem}
     * @param bundles the symbolic names it may use
     * @param placement {@code in-process} or {@code worker}
     * @param require the kinds of signature demanded
     */
    public record Entry(
            String name,
            List<String> anchors,
            List<Certificate> certificates,
            List<String> bundles,
            String placement,
            List<String> require) {
        public Entry {
            anchors = List.copyOf(anchors);
            certificates = List.copyOf(certificates);
            bundles = List.copyOf(bundles);
            require = List.copyOf(require);
        }
    }

    /**
     * An anchor, for people.
     *
     * @param subject its subject, as an RFC 4514 name
     * @param key the SHA-256 of its SubjectPublicKeyInfo
     * @param notAfter when it expires
     */
    public record Certificate(String subject, Digest key, Instant notAfter) {}

    /**
     * Trusts a publisher whose certificate chains end in one of these anchors.
     *
     * @throws TrustException when the name is taken or is none, or a certificate cannot be an anchor
     * @throws IOException when the trust store cannot be written
     */
    public void add(String name, List<X509Certificate> anchors, Grants grants) throws IOException, TrustException {
        requireFree(name);
        if (anchors.isEmpty()) {
            throw TrustException.invalid("anchor", "none", "one certificate or more");
        }
        if (grants.bundles().isEmpty()) {
            throw TrustException.invalid("bundles", "none", "the symbolic names that " + name + " may use");
        }
        for (var anchor : anchors) {
            requireAnchor(anchor);
        }
        DurableFile.write(root(name), ByteBuffer.wrap(Pem.certificates(anchors)));
        DurableFile.write(publisher(name), ByteBuffer.wrap(publisherFile(anchors, grants)));
    }

    /** The same, with the anchors read from a PEM file or a DER certificate. */
    public void add(String name, Path certificates, Grants grants) throws IOException, TrustException {
        if (!Files.isRegularFile(certificates)) {
            throw TrustException.missing("certificate", certificates, "Name a certificate file, PEM or DER.");
        }
        add(name, Pem.readCertificates(certificates), grants);
    }

    /** Every publisher, by name. */
    public List<Entry> list() throws IOException, TrustException {
        var publishers = folder.resolve("publishers");
        if (!Files.isDirectory(publishers)) {
            return List.of();
        }
        List<Path> files;
        try (var found = Files.list(publishers)) {
            files = found.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        var entries = new ArrayList<Entry>();
        for (var file : files) {
            entries.add(entry(file));
        }
        return List.copyOf(entries);
    }

    /**
     * Trusts a publisher no more.
     *
     * @throws TrustException when there is no publisher of this name
     */
    public void remove(String name) throws IOException, TrustException {
        requireName(name);
        var known = DurableFile.delete(publisher(name));
        var rooted = DurableFile.delete(root(name));
        if (!known && !rooted) {
            throw TrustException.missing(
                    "publisher", publisher(name), "'claw trust list' shows the publishers that are trusted.");
        }
    }

    void requireFree(String name) throws TrustException {
        requireName(name);
        for (var file : List.of(root(name), publisher(name))) {
            if (Files.exists(file)) {
                throw TrustException.exists(
                        "publisher", file, "Take another name, or remove it first: claw trust remove " + name + ".");
            }
        }
    }

    static void requireName(String name) throws TrustException {
        if (!NAME.matcher(name).matches()) {
            throw TrustException.invalid(
                    "name",
                    "'" + name + "'",
                    "1-64 of a-z, 0-9, '.', '_', '-', beginning and ending with one of a-z, 0-9");
        }
    }

    private static void requireAnchor(X509Certificate certificate) throws TrustException {
        var subject = "'" + certificate.getSubjectX500Principal().getName() + "'";
        if (certificate.getBasicConstraints() < 0) {
            throw TrustException.invalid("anchor", subject, "the certificate of an authority, not of a signer");
        }
        var usage = certificate.getKeyUsage();
        if (usage != null && !usage[5]) {
            throw TrustException.invalid("anchor", subject, "a key usage that allows signing certificates");
        }
        if (certificate.getPublicKey() instanceof RSAPublicKey rsa
                && rsa.getModulus().bitLength() < LEAST_RSA_BITS) {
            throw TrustException.invalid(
                    "anchor",
                    subject + " with RSA " + rsa.getModulus().bitLength(),
                    "RSA " + LEAST_RSA_BITS + " or more");
        }
    }

    private byte[] publisherFile(List<X509Certificate> anchors, Grants grants) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put(
                "anchors", anchors.stream().map(anchor -> keyOf(anchor).hex()).toList());
        fields.put("bundles", grants.bundles());
        fields.put("agents", grants.agents());
        fields.put("capabilities", grants.capabilities());
        fields.put("require", grants.postQuantum() ? List.of("classical", "pq") : List.of("classical"));
        fields.put("timestamp", grants.timestamp());
        fields.put("crl", grants.crlRequired() ? "required" : "if-present");
        fields.put("placement", grants.inProcess() ? "in-process" : "worker");
        fields.put("mutable", grants.mutable());
        fields.put("native", grants.nativeCode());
        fields.put("system", grants.system());
        fields.put("minVersions", java.util.Map.of());
        return (json.writerWithDefaultPrettyPrinter().writeValueAsString(fields) + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private Entry entry(Path file) throws IOException, TrustException {
        var fileName = file.getFileName().toString();
        var name = fileName.substring(0, fileName.length() - ".json".length());
        try {
            var fields = json.readTree(Files.readAllBytes(file));
            var certificates = new ArrayList<Certificate>();
            if (Files.exists(root(name))) {
                for (var anchor : Pem.readCertificates(root(name))) {
                    certificates.add(new Certificate(
                            anchor.getSubjectX500Principal().getName(),
                            keyOf(anchor),
                            anchor.getNotAfter().toInstant()));
                }
            }
            return new Entry(
                    name,
                    texts(fields.path("anchors")),
                    certificates,
                    texts(fields.path("bundles")),
                    fields.path("placement").asString("worker"),
                    texts(fields.path("require")));
        } catch (JacksonException damaged) {
            throw TrustException.damaged(file, damaged.getOriginalMessage(), "a publisher's file as JSON");
        }
    }

    private static List<String> texts(tools.jackson.databind.JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(item -> texts.add(item.asString()));
        return texts;
    }

    private static Digest keyOf(X509Certificate certificate) {
        return Digest.of(certificate.getPublicKey().getEncoded());
    }

    private Path root(String name) {
        return folder.resolve("roots").resolve(name + ".pem");
    }

    private Path publisher(String name) {
        return folder.resolve("publishers").resolve(name + ".json");
    }
}
