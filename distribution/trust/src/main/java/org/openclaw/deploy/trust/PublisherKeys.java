package org.openclaw.deploy.trust;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.jcajce.spec.MLDSAParameterSpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.openclaw.deploy.Digest;

/**
 * The keys that a publisher signs with: one classical and, where there is one, one ML-DSA-65.
 *
 * <p>They live in a folder of mode 0700 of their own: {@code classical.key.pem} (PKCS#8, under PBES2 when there is a
 * passphrase), {@code classical.chain.pem} (the leaf, then its anchor), {@code classical.anchor.key.pem} (to issue the
 * next leaf; it is not needed for signing and may be kept elsewhere), and the same for {@code pq}.
 *
 * @param name the publisher
 * @param keys the classical one first
 */
public record PublisherKeys(String name, List<SigningKey> keys) {
    private static final String CLASSICAL = "classical";
    private static final String POST_QUANTUM = "pq";

    public PublisherKeys {
        keys = List.copyOf(keys);
        if (keys.isEmpty() || keys.getFirst().postQuantum()) {
            throw new IllegalArgumentException("keys: " + keys + " (expected: a classical one first)");
        }
    }

    /** The kind of the classical key. */
    public enum Algorithm {
        ED25519("Ed25519", "Ed25519"),
        EC_P256("EC", "SHA256withECDSA");

        private final String keys;
        private final String signatures;

        Algorithm(String keys, String signatures) {
            this.keys = keys;
            this.signatures = signatures;
        }
    }

    /**
     * Makes a publisher: an anchor (10 years) and a code-signing leaf (2 years) for each kind of key, written to
     * {@code keysFolder/NAME/}, and its entry in the trust store. The keys are there in full or not at all.
     *
     * @param name the publisher: 1-64 of a-z, 0-9, '.', '_', '-'
     * @param algorithm the kind of the classical key
     * @param postQuantum whether to add ML-DSA-65; the publisher's file demands it from then on
     * @param passphrase what to protect the private keys with
     * @param keysFolder such as {@code conf/keys}
     * @param trustFolder such as {@code conf/trust}
     * @param grants what the publisher may do
     * @throws TrustException when the name is none, or taken; nothing has changed then
     * @throws IOException when a folder cannot be written
     */
    public static PublisherKeys generate(
            String name,
            Algorithm algorithm,
            boolean postQuantum,
            Optional<char[]> passphrase,
            Path keysFolder,
            Path trustFolder,
            Grants grants,
            InstantSource clock,
            SecureRandom random)
            throws IOException, TrustException {
        var trust = new TrustFolder(trustFolder);
        trust.requireFree(name);
        var folder = keysFolder.resolve(name);
        if (Files.exists(folder)) {
            throw keysExist(folder);
        }
        var provider = new BouncyCastleProvider();
        var maker = new CertificateMaker(provider, clock, random);
        var fresh = DurableFile.secretFolderBeside(folder);
        var made = new ArrayList<SigningKey>();
        try {
            var store = new KeyWriter(fresh, passphrase, provider, random);
            made.add(store.issue(maker, CLASSICAL, name, algorithm.keys, algorithm.signatures));
            if (postQuantum) {
                made.add(store.issue(maker, POST_QUANTUM, name, "ML-DSA", "ML-DSA-65"));
            }
            publish(fresh, folder);
        } finally {
            DurableFile.deleteFolder(fresh);
        }
        var anchors = made.stream().map(key -> key.chain().getLast()).toList();
        try {
            trust.add(name, anchors, grants.withPostQuantum(postQuantum));
        } catch (IOException | TrustException failed) {
            DurableFile.deleteFolder(folder);
            throw failed;
        }
        return new PublisherKeys(name, made);
    }

    /**
     * Reads the keys of a publisher.
     *
     * @param folder {@code conf/keys/NAME}
     * @param passphrase what they are protected with
     * @throws TrustException when there are none, the passphrase is missing or wrong, or a file is damaged
     */
    public static PublisherKeys load(Path folder, Optional<char[]> passphrase) throws IOException, TrustException {
        var name = String.valueOf(folder.getFileName());
        if (!Files.isRegularFile(folder.resolve(CLASSICAL + ".key.pem"))) {
            throw TrustException.missing("keys", folder, "Make them with 'claw keygen " + name + "'.");
        }
        var provider = new BouncyCastleProvider();
        var keys = new ArrayList<SigningKey>();
        keys.add(read(folder, CLASSICAL, passphrase, provider));
        if (Files.isRegularFile(folder.resolve(POST_QUANTUM + ".key.pem"))) {
            keys.add(read(folder, POST_QUANTUM, passphrase, provider));
        }
        return new PublisherKeys(name, keys);
    }

    /**
     * Gives the keys of a publisher new certificates under the same anchors, for two years from now. The keys stay what they
     * are: what they have signed, and what names them, is as good as before.
     *
     * @param folder {@code conf/keys/NAME}
     * @param passphrase what they are protected with
     * @throws TrustException when there are none, the key of an anchor is kept elsewhere, or an anchor ends before; the
     *     certificates of a kind have changed in full or not at all
     */
    public static PublisherKeys renew(
            Path folder, Optional<char[]> passphrase, InstantSource clock, SecureRandom random)
            throws IOException, TrustException {
        var provider = new BouncyCastleProvider();
        var maker = new CertificateMaker(provider, clock, random);
        for (var key : load(folder, passphrase).keys()) {
            var kind = key.postQuantum() ? POST_QUANTUM : CLASSICAL;
            var file = folder.resolve(kind + ".anchor.key.pem");
            if (!Files.isRegularFile(file)) {
                throw TrustException.missing(
                        "anchor.key", file, "It may be kept elsewhere: put it back for as long as this takes.");
            }
            var anchor = key.chain().getLast();
            var issuer = new KeyPair(anchor.getPublicKey(), Pem.readKey(file, passphrase, provider));
            var label = String.valueOf(folder.getFileName()) + (key.postQuantum() ? " " + key.algorithm() : "");
            var leaf = maker.leaf(label, key.leaf().getPublicKey(), anchor, issuer, key.algorithm());
            if (leaf.getNotAfter().toInstant().isAfter(anchor.getNotAfter().toInstant())) {
                throw TrustException.invalid(
                        "anchor",
                        Certificates.shown(anchor) + ", which ends at "
                                + anchor.getNotAfter().toInstant(),
                        "one that outlives a certificate of two years; make another publisher with 'claw keygen'");
            }
            DurableFile.write(
                    folder.resolve(kind + ".chain.pem"), ByteBuffer.wrap(Pem.certificates(List.of(leaf, anchor))));
        }
        return load(folder, passphrase);
    }

    private static SigningKey read(Path folder, String kind, Optional<char[]> passphrase, Provider provider)
            throws IOException, TrustException {
        var key = Pem.readKey(folder.resolve(kind + ".key.pem"), passphrase, provider);
        return new SigningKey(key, Pem.readCertificates(folder.resolve(kind + ".chain.pem")));
    }

    private static void publish(Path fresh, Path folder) throws IOException, TrustException {
        try {
            DurableFile.publish(fresh, folder);
        } catch (FileSystemException failed) {
            if (Files.exists(folder)) {
                throw keysExist(folder);
            }
            throw failed;
        }
    }

    private static TrustException keysExist(Path folder) {
        return TrustException.exists(
                "keys",
                folder,
                "Take another name; whoever deletes keys cannot sign updates for their publisher again.");
    }

    /** Writes what is made for one kind of key into the folder that is being filled. */
    private record KeyWriter(Path folder, Optional<char[]> passphrase, Provider provider, SecureRandom random) {
        SigningKey issue(CertificateMaker maker, String kind, String name, String keyAlgorithm, String algorithm)
                throws IOException {
            var label = kind.equals(CLASSICAL) ? brief(name) : brief(name) + " " + algorithm;
            var anchorKeys = keyPair(keyAlgorithm);
            var leafKeys = keyPair(keyAlgorithm);
            X509Certificate anchor = maker.anchor(label, anchorKeys, algorithm);
            var chain = List.of(maker.leaf(label, leafKeys.getPublic(), anchor, anchorKeys, algorithm), anchor);
            write(kind + ".anchor.key.pem", anchorKeys);
            write(kind + ".key.pem", leafKeys);
            DurableFile.write(folder.resolve(kind + ".chain.pem"), ByteBuffer.wrap(Pem.certificates(chain)));
            return new SigningKey(leafKeys.getPrivate(), chain);
        }

        /** A common name has at most 64 characters (RFC 5280), and "ML-DSA-65 anchor" may come behind this one. */
        private static String brief(String name) {
            return name.length() <= 46
                    ? name
                    : name.substring(0, 33) + "-"
                            + Digest.of(name.getBytes(StandardCharsets.UTF_8)).brief();
        }

        private void write(String fileName, KeyPair keys) throws IOException {
            var pem = Pem.key(keys.getPrivate(), passphrase, provider, random);
            DurableFile.writeSecret(folder.resolve(fileName), ByteBuffer.wrap(pem));
        }

        private KeyPair keyPair(String algorithm) {
            try {
                var generator = KeyPairGenerator.getInstance(algorithm, provider);
                var parameters = parameters(algorithm);
                if (parameters.isPresent()) {
                    generator.initialize(parameters.get(), random);
                } else {
                    generator.initialize(255, random);
                }
                return generator.generateKeyPair();
            } catch (GeneralSecurityException missing) {
                throw new IllegalStateException("the provider makes keys for " + algorithm, missing);
            }
        }

        private static Optional<AlgorithmParameterSpec> parameters(String algorithm) {
            return switch (algorithm) {
                case "EC" -> Optional.of(new ECGenParameterSpec("secp256r1"));
                case "ML-DSA" -> Optional.of(MLDSAParameterSpec.ml_dsa_65);
                default -> Optional.empty();
            };
        }
    }
}
