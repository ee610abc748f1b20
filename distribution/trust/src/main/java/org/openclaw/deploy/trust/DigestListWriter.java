package org.openclaw.deploy.trust;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.TreeMap;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.openclaw.deploy.Digest;

/**
 * Writes the list of the digests of an installation's own files: lines {@code <sha256>  <path>}, sorted by path, each
 * ended by a newline (the format of {@code sha256sum}), and beside it {@code <list>.p7s}, a detached CMS signature by the
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
        var lines = new TreeMap<String, Digest>();
        for (var file : files) {
            var absolute = file.toAbsolutePath().normalize();
            if (!absolute.startsWith(base)) {
                throw TrustException.invalid("file", file.toString(), "a file within " + base);
            }
            var path = slashed(base.relativize(absolute));
            if (path.chars().anyMatch(Character::isISOControl)) {
                throw TrustException.invalid("file", path, "a name without control characters");
            }
            lines.put(path, hash(absolute));
        }
        var text = new StringBuilder();
        lines.forEach((path, digest) ->
                text.append(digest.hex()).append("  ").append(path).append('\n'));
        var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        DurableFile.write(list, ByteBuffer.wrap(bytes));
        var signer = new CmsBlock(new BouncyCastleProvider());
        for (var key : keys.keys()) {
            var suffix = key.postQuantum() ? ".pq.p7s" : ".p7s";
            var signature = signer.detached(bytes, key, clock.instant());
            DurableFile.write(list.resolveSibling(list.getFileName() + suffix), ByteBuffer.wrap(signature));
        }
    }

    private static Digest hash(Path file) throws IOException {
        var hash = Digest.sha256();
        try (var in = Files.newInputStream(file)) {
            var buffer = new byte[1 << 16];
            for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                hash.update(buffer, 0, read);
            }
        }
        return Digest.of(hash);
    }

    private static String slashed(Path path) {
        var parts = new ArrayList<String>();
        path.forEach(part -> parts.add(part.toString()));
        return String.join("/", parts);
    }
}
