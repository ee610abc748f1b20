package org.openclaw.deploy.trust;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.openclaw.deploy.Verdict;

/**
 * The signed list of an installation's own files, as {@link DigestListWriter} writes it: lines {@code <sha512>  <path>},
 * sorted by path, and beside it {@code <list>.p7s}, a detached CMS signature; where the publisher demands a post-quantum
 * signature, also {@code <list>.pq.p7s}. The signer must belong to a publisher with {@code "system": true}.
 *
 * <p>Every listed file must be there unchanged, and no other file may lie in, or below, a folder that holds a listed one
 * (the installation's own folder excepted).
 */
public final class DigestList {
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{128}) {2}(.+)");
    private static final int MOST = 8 << 20;
    private static final String REINSTALL = "Install the distribution again: its own files are not what was released.";

    private final Path installation;
    private final Path list;
    private final TrustStore store;
    private final Instant now;

    private DigestList(Path installation, Path list, TrustStore store, Instant now) {
        this.installation = installation.toAbsolutePath().normalize();
        this.list = list.toAbsolutePath().normalize();
        this.store = store;
        this.now = now;
    }

    /**
     * Verifies the list's signature and hashes every listed file.
     *
     * @param installation what the paths in the list are relative to
     * @param list the list; its signature lies beside it
     * @return the first thing that is wrong, empty when all is well
     */
    public static Optional<Verdict.Refused> check(Path installation, Path list, TrustStore store, Instant now) {
        return check(installation, list, store, now, path -> true);
    }

    /**
     * Verifies the list's signature and that there is no file too few or too many, and hashes some of the listed files.
     *
     * @param hashed whether the file of this path in the list is hashed
     * @return the first thing that is wrong, empty when all is well
     */
    public static Optional<Verdict.Refused> check(
            Path installation, Path list, TrustStore store, Instant now, Predicate<String> hashed) {
        try {
            new DigestList(installation, list, store, now).check(hashed);
            return Optional.empty();
        } catch (Rejected rejected) {
            return Optional.of(rejected.of(list.toString(), Optional.empty()));
        } catch (IOException unreadable) {
            return Optional.of(bad("list.unreadable", "cannot read " + unreadable.getMessage(), "readable files")
                    .of(list.toString(), Optional.empty()));
        }
    }

    private void check(Predicate<String> hashed) throws Rejected, IOException {
        var bytes = read(list);
        checkSignatures(bytes);
        var files = parse(bytes);
        var buffer = new byte[1 << 16];
        for (var file : files.entrySet()) {
            requireFile(file.getKey());
            if (hashed.test(file.getKey())) {
                checkFile(file.getKey(), file.getValue(), buffer);
            }
        }
        checkUnlisted(files);
    }

    private static byte[] read(Path file) throws Rejected, IOException {
        try {
            if (Files.size(file) > MOST) {
                throw bad("list.malformed", file + " is too large", "at most " + MOST + " bytes");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            throw bad("list.missing", "there is no " + file, "a list and its signature");
        }
    }

    private void checkSignatures(byte[] bytes) throws Rejected, IOException {
        var signature = signature(".p7s", bytes);
        var publisher = publisher(signature);
        checkSigner(signature, publisher);
        if (signature.algorithm().isPostQuantum()) {
            throw bad("signature.classical.missing", "its first signature is post-quantum", "a classical one");
        }
        if (publisher.postQuantum()) {
            var second = signature(".pq.p7s", bytes);
            checkSigner(second, publisher);
            if (!second.algorithm().isPostQuantum()) {
                throw bad("signature.pq.missing", "its second signature is not post-quantum", "ML-DSA-65");
            }
        }
    }

    private SignedContent signature(String suffix, byte[] bytes) throws Rejected, IOException {
        var file = list.resolveSibling(list.getFileName() + suffix);
        return SignedContent.verify(file.getFileName().toString(), read(file), bytes);
    }

    private Publisher publisher(SignedContent signature) throws Rejected {
        return store.publishers().stream()
                .filter(Publisher::system)
                .filter(publisher -> path(signature, publisher).isPresent())
                .findFirst()
                .orElseThrow(() -> bad(
                        "list.publisher",
                        "its signer " + Certificates.shown(signature.certificate()) + " belongs to no system publisher",
                        "a publisher with \"system\": true"));
    }

    private Optional<List<java.security.cert.X509Certificate>> path(SignedContent signature, Publisher publisher) {
        return Certificates.path(signature.certificate(), signature.others(), store.anchors(publisher));
    }

    private void checkSigner(SignedContent signature, Publisher publisher) throws Rejected {
        var path = path(signature, publisher)
                .orElseThrow(() -> bad(
                        "list.publisher",
                        "its signers belong to different publishers",
                        "signatures of '" + publisher.name() + "'"));
        var revocation = new RevocationCheck(store, now);
        revocation.checkKeys(path);
        revocation.checkRevoked(path);
        var ignored = new SignerCheck(store, now).check(signature, path);
        revocation.checkLists(path, publisher.crlRequired());
    }

    private static Map<String, String> parse(byte[] bytes) throws Rejected {
        var files = new TreeMap<String, String>();
        var names = new ZipNames();
        for (var line : lines(bytes)) {
            var matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw malformed("a line that is none: " + ZipNames.shown(line));
            }
            var path = matcher.group(2);
            if (path.endsWith("/") || (!files.isEmpty() && files.lastKey().compareTo(path) >= 0)) {
                throw malformed("a line out of order: " + ZipNames.shown(path));
            }
            names.add(path);
            files.put(path, matcher.group(1));
        }
        return files;
    }

    private static List<String> lines(byte[] bytes) throws Rejected {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.isEmpty() || !text.endsWith("\n")) {
                throw malformed("no end");
            }
            return List.of(text.substring(0, text.length() - 1).split("\n", -1));
        } catch (CharacterCodingException malformed) {
            throw malformed("malformed UTF-8");
        }
    }

    private void requireFile(String path) throws Rejected {
        if (!Files.isRegularFile(installation.resolve(path), LinkOption.NOFOLLOW_LINKS)) {
            throw bad("file.missing", "the installation has no file " + path, "every file that was released");
        }
    }

    private void checkFile(String path, String expected, byte[] buffer) throws Rejected, IOException {
        var digest = DigestListWriter.sha512(installation.resolve(path), buffer);
        if (!digest.equals(expected)) {
            throw bad(
                    "file.changed",
                    "%s has been changed: sha512 %s".formatted(path, brief(digest)),
                    "sha512 " + brief(expected));
        }
    }

    private static String brief(String digest) {
        return digest.substring(0, 12);
    }

    private void checkUnlisted(Map<String, String> files) throws Rejected, IOException {
        var folders = new TreeSet<String>();
        for (var path : files.keySet()) {
            if (path.indexOf('/') > 0) {
                folders.add(path.substring(0, path.lastIndexOf('/')));
            }
        }
        for (var folder : folders) {
            for (var found : filesBelow(installation.resolve(folder))) {
                var path = slashed(installation.relativize(found));
                if (!files.containsKey(path) && !isOfTheList(found)) {
                    throw bad("file.unlisted", path + " is not a file of this release", "listed files only");
                }
            }
        }
    }

    private static List<Path> filesBelow(Path folder) throws Rejected, IOException {
        if (Files.isSymbolicLink(folder)) {
            throw bad("file.unlisted", folder + " is a symbolic link", "a folder");
        }
        try (var all = Files.walk(folder)) {
            return all.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
    }

    private boolean isOfTheList(Path file) {
        var name = list.getFileName().toString();
        return file.equals(list)
                || file.equals(list.resolveSibling(name + ".p7s"))
                || file.equals(list.resolveSibling(name + ".pq.p7s"));
    }

    private static String slashed(Path path) {
        var parts = new ArrayList<String>();
        path.forEach(part -> parts.add(part.toString()));
        return String.join("/", parts);
    }

    private static Rejected malformed(String what) {
        return bad("list.malformed", "it has " + what, "lines '<sha512>  <path>', sorted by path");
    }

    private static Rejected bad(String code, String reason, String expected) {
        return new Rejected(code, reason, expected, REINSTALL);
    }
}
