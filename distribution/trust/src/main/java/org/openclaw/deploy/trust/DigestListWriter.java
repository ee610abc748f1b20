package org.openclaw.deploy.trust;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.TreeMap;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Writes the list of the digests of an installation's own files: lines {@code <sha512>  <path>}, sorted by path, each
 * ended by a newline (the format of {@code sha512sum}; on 64 bits without help of the processor it takes two thirds of the time
 * of SHA-256, and every start computes it), and beside it {@code <list>.p7s}, a detached CMS signature by the
 * classical key, and {@code <list>.pq.p7s} by the post-quantum key where there is one.
 */
public final class DigestListWriter {
    private final PublisherKeys keys;
    private final InstantSource clock;

    public DigestListWriter(PublisherKeys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * Hashes files and writes the signed list.
     *
     * @param root what the paths in the list are relative to
     * @param files within {@code root}
     * @param list where the list goes; its signatures go beside it
     * @throws TrustException when a file is not within {@code root}, or its name has a line break
     */
    public void write(Path root, Collection<Path> files, Path list) throws IOException, TrustException {
        var base = root.toAbsolutePath().normalize();
        var lines = new TreeMap<String, String>();
        for (var file : files) {
            var absolute = file.toAbsolutePath().normalize();
            if (!absolute.startsWith(base)) {
                throw TrustException.invalid("file", file.toString(), "a file within " + base);
            }
            var path = slashed(base.relativize(absolute));
            if (path.chars().anyMatch(Character::isISOControl)) {
                throw TrustException.invalid("file", path, "a name without control characters");
            }
            lines.put(path, sha512(absolute, new byte[1 << 16]));
        }
        var text = new StringBuilder();
        lines.forEach(
                (path, digest) -> text.append(digest).append("  ").append(path).append('\n'));
        var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        DurableFile.write(list, ByteBuffer.wrap(bytes));
        var signer = new CmsBlock(new BouncyCastleProvider());
        for (var key : keys.keys()) {
            var suffix = key.postQuantum() ? ".pq.p7s" : ".p7s";
            var signature = signer.detached(bytes, key, clock.instant());
            DurableFile.write(list.resolveSibling(list.getFileName() + suffix), ByteBuffer.wrap(signature));
        }
    }

    /** The SHA-512 of a file in lower-case hexadecimal digits, read through the buffer. */
    static String sha512(Path file, byte[] buffer) throws IOException {
        var hash = sha512();
        try (var in = Files.newInputStream(file)) {
            for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                hash.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(hash.digest());
    }

    private static MessageDigest sha512() {
        try {
            return MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-512", missing);
        }
    }

    private static String slashed(Path path) {
        var parts = new ArrayList<String>();
        path.forEach(part -> parts.add(part.toString()));
        return String.join("/", parts);
    }
}
