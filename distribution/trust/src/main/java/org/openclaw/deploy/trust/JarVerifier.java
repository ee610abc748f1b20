package org.openclaw.deploy.trust;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.openclaw.deploy.Digest;
import org.openclaw.deploy.trust.StrictZip.Entry;

/**
 * Verifies the bytes of a signed jar: structure, manifest, signature files, signature blocks, and the digest of every entry.
 *
 * <p>The rule that carries the rest is a bijection: every entry but the manifest, the signature files and their blocks has a
 * section with its digest in the manifest and a section in each signature file, and every section has an entry. So nothing
 * can be added, taken away or renamed, wherever it lies. Whatever passes here, {@code java.util.jar.JarFile} calls signed as
 * well, entry by entry.
 *
 * <p>Each entry is inflated once; signatures come first, so that what nobody signed is never inflated. For one thread and
 * one jar.
 */
final class JarVerifier {
    private static final String META_INF = "META-INF/";
    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    /** What the JDK takes at most for a manifest, a signature file or a block. */
    private static final int MOST_TEXT = 16_000_000;

    private static final int MOST_BLOCK = 1 << 18;
    private static final int MOST_SIGNERS = 8;
    private static final Pattern SIGNATURE_NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}\\.(SF|RSA|EC|DSA)");
    private static final String SIGN = "Sign it: claw sign JAR --key NAME.";
    private static final String SIGN_AGAIN = "Sign the jar again: claw sign.";

    private final ByteBuffer bytes;
    private final Digest digest;
    private final Trace trace;
    private final SectionDigests digests = new SectionDigests();
    private final Map<String, Entry> signatureFiles = new LinkedHashMap<>();
    private final Map<String, Entry> blocks = new LinkedHashMap<>();
    private final Map<String, Entry> content = new LinkedHashMap<>();
    private final List<Entry> folders = new ArrayList<>();

    private JarVerifier(ByteBuffer bytes, Digest digest, Trace trace) {
        this.bytes = bytes;
        this.digest = digest;
        this.trace = trace;
    }

    /**
     * Verifies the remaining bytes.
     *
     * @param digest their SHA-256
     */
    static VerifiedJar verify(ByteBuffer bytes, Digest digest, Trace trace) throws Rejected {
        return new JarVerifier(bytes, digest, trace).verify();
    }

    private VerifiedJar verify() throws Rejected {
        trace.step("structure of the zip");
        var zip = StrictZip.parse(bytes, ZipLimits.bundle());
        trace.note(zip.entries().size() + " entries");
        trace.step("names in META-INF");
        sort(zip);
        try (var reader = new EntryReader(zip)) {
            trace.step("manifest");
            var manifest = SectionedText.manifest(reader.content(manifestEntry(zip), MOST_TEXT));
            checkSections(manifest);
            var signatures = signatures(manifest, reader);
            checkNamedSigners(manifest, signatures);
            trace.step("bundle");
            var bundle = BundleManifest.read(manifest.main(), content.keySet());
            trace.note(bundle.name() + " " + bundle.version());
            trace.step("content of the entries");
            checkContent(manifest, reader);
            return new VerifiedJar(digest, bytes.remaining(), bundle, signatures);
        }
    }

    private void sort(StrictZip zip) throws Rejected {
        for (var entry : zip.entries()) {
            var name = entry.name();
            if (name.regionMatches(true, 0, META_INF, 0, META_INF.length()) && !name.startsWith(META_INF)) {
                throw metaInf(name, "META-INF in capitals");
            }
            if (entry.isFolder()) {
                folders.add(entry);
            } else if (name.startsWith(META_INF) && name.indexOf('/', META_INF.length()) < 0) {
                sortMetaInf(entry, name.substring(META_INF.length()));
            } else {
                content.put(name, entry);
            }
        }
        if (signatureFiles.isEmpty() && blocks.isEmpty()) {
            throw new Rejected(
                    "signature.missing", "it is not signed", "a signature of a publisher in the trust store", SIGN);
        }
        if (blocks.size() > MOST_SIGNERS) {
            throw new Rejected(
                    "signature.ambiguous",
                    "it has " + blocks.size() + " signatures",
                    "at most " + MOST_SIGNERS,
                    SIGN_AGAIN);
        }
    }

    private void sortMetaInf(Entry entry, String file) throws Rejected {
        var upper = file.toUpperCase(Locale.ROOT);
        var dot = upper.lastIndexOf('.');
        if (upper.equals("MANIFEST.MF")) {
            if (!file.equals(upper)) {
                throw metaInf(entry.name(), MANIFEST);
            }
        } else if (upper.equals("INDEX.LIST") || upper.startsWith("SIG-")) {
            throw metaInf(entry.name(), "no index and no signatures of an unknown kind");
        } else if (dot >= 0 && Set.of("SF", "RSA", "EC", "DSA").contains(upper.substring(dot + 1))) {
            if (!SIGNATURE_NAME.matcher(file).matches()) {
                throw metaInf(entry.name(), "NAME.SF with NAME.RSA, NAME.EC or NAME.DSA");
            }
            if (upper.endsWith(".SF")) {
                signatureFiles.put(file.substring(0, dot), entry);
            } else if (blocks.putIfAbsent(file.substring(0, dot), entry) != null) {
                throw new Rejected(
                        "signature.ambiguous",
                        "the signature file " + file.substring(0, dot) + ".SF has two signature blocks",
                        "one",
                        SIGN_AGAIN);
            }
        } else {
            content.put(entry.name(), entry);
        }
    }

    private static Entry manifestEntry(StrictZip zip) throws Rejected {
        var entries = zip.entries();
        var first = entries.getFirst().name().equals(META_INF) && entries.size() > 1 ? 1 : 0;
        if (entries.get(first).name().equals(MANIFEST)) {
            return entries.get(first);
        }
        var later = entries.stream().anyMatch(entry -> entry.name().equals(MANIFEST));
        throw new Rejected(
                later ? "manifest.late" : "manifest.missing",
                later ? "the manifest is not the first entry" : "it has no manifest",
                MANIFEST + " first",
                SIGN_AGAIN);
    }

    /** The bijection of entries and sections. */
    private void checkSections(SectionedText manifest) throws Rejected {
        for (var name : content.keySet()) {
            if (!manifest.sections().containsKey(name)) {
                throw new Rejected(
                        "entry.unsigned",
                        "entry " + ZipNames.shown(name) + " is not covered by the signature",
                        "a section of the manifest for every entry, in META-INF as elsewhere",
                        "Remove it, or sign the jar again: claw sign.");
            }
        }
        for (var name : manifest.sections().keySet()) {
            if (!content.containsKey(name)) {
                throw new Rejected(
                        "entry.missing",
                        "the manifest covers " + ZipNames.shown(name) + ", which is not in the jar",
                        "every entry that was signed",
                        "Get the jar again, or sign it again: claw sign.");
            }
        }
        checkFolders();
    }

    /** A folder is not covered by the signature, so one may be there only where a covered entry implies it. */
    private void checkFolders() throws Rejected {
        if (folders.isEmpty()) {
            return;
        }
        var implied = new HashSet<String>();
        implied.add(META_INF);
        for (var name : content.keySet()) {
            for (var slash = name.lastIndexOf('/'); slash >= 0; slash = name.lastIndexOf('/', slash - 1)) {
                if (!implied.add(name.substring(0, slash + 1))) {
                    break;
                }
            }
        }
        for (var folder : folders) {
            if (!implied.contains(folder.name())) {
                throw new Rejected(
                        "entry.unsigned",
                        "the empty folder " + ZipNames.shown(folder.name()) + " is not covered by the signature",
                        "folders that hold something",
                        "Let 'claw sign' normalise the jar.");
            }
            if (folder.compressedSize() > 2) {
                throw new Rejected(
                        "zip.size",
                        "folder " + ZipNames.shown(folder.name()) + " has content",
                        "empty folders",
                        "Let 'claw sign' normalise the jar.");
            }
        }
    }

    private List<SignedContent> signatures(SectionedText manifest, EntryReader reader) throws Rejected {
        for (var name : blocks.keySet()) {
            if (!signatureFiles.containsKey(name)) {
                throw orphan(blocks.keySet(), name, "block");
            }
        }
        var signatures = new ArrayList<SignedContent>();
        for (var file : signatureFiles.entrySet()) {
            var block = blocks.get(file.getKey());
            if (block == null) {
                throw orphan(signatureFiles.keySet(), file.getKey(), "file");
            }
            trace.step("signature " + file.getKey());
            var content = reader.content(file.getValue(), MOST_TEXT);
            var signature = SignedContent.verify(block.name(), reader.content(block, MOST_BLOCK), content);
            trace.note(signature.algorithm().name() + " by '"
                    + signature.certificate().getSubjectX500Principal().getName() + "'");
            checkSignatureFile(SectionedText.signatureFile(file.getValue().name(), content), manifest);
            signatures.add(signature);
        }
        signatures.sort(Comparator.comparing(signature -> signature.algorithm().isPostQuantum()));
        return signatures;
    }

    private void checkSignatureFile(SectionedText file, SectionedText manifest) throws Rejected {
        var about = "a signature file";
        var whole = digests.optional(file.main(), "-digest-manifest", about);
        if (whole.digests().isEmpty()) {
            throw new Rejected(
                    "manifest.digest",
                    "the signature file has no digest of the whole manifest",
                    "SHA-256-Digest-Manifest or a stronger one",
                    SIGN_AGAIN);
        }
        whole.digests().forEach(hash -> hash.update(manifest.bytes()));
        if (!whole.matches()) {
            throw changed("the manifest is not the one that was signed");
        }
        var main = digests.optional(file.main(), "-digest-manifest-main-attributes", about);
        main.digests().forEach(hash -> hash.update(manifest.bytes(manifest.main())));
        if (!main.matches()) {
            throw changed("the manifest's main attributes are not the ones that were signed");
        }
        checkSignedSections(file, manifest);
    }

    private void checkSignedSections(SectionedText file, SectionedText manifest) throws Rejected {
        if (!file.sections().keySet().equals(manifest.sections().keySet())) {
            throw new Rejected(
                    "signature.file.incomplete",
                    "a signature file does not name the same entries as the manifest",
                    "every entry signed by every signer",
                    SIGN_AGAIN);
        }
        for (var signed : file.sections().entrySet()) {
            var section = manifest.sections().get(signed.getKey());
            var expected = digests.expected(
                    signed.getValue(), "-digest", "the signature of " + ZipNames.shown(signed.getKey()));
            if (section != null) {
                expected.digests().forEach(hash -> hash.update(manifest.bytes(section)));
            }
            if (!expected.matches()) {
                throw changed("the manifest's section for " + ZipNames.shown(signed.getKey())
                        + " is not the one that was signed");
            }
        }
    }

    /** A signed manifest may name the keys that sign it, so that taking one of the signatures off shows. */
    private void checkNamedSigners(SectionedText manifest, List<SignedContent> signatures) throws Rejected {
        var named = manifest.main().value(BundleSigner.SIGNERS);
        if (named.isEmpty()) {
            return;
        }
        trace.step("signers that the manifest names");
        var keys = new HashSet<String>();
        signatures.forEach(
                signature -> keys.add(Certificates.key(signature.certificate()).hex()));
        for (var key : named.get().split(",", -1)) {
            if (!keys.contains(key.strip())) {
                throw new Rejected(
                        "signature.stripped",
                        "the manifest names a signer that did not sign: key " + ZipNames.shown(key.strip()),
                        "a signature by each of the named keys",
                        "Get the jar again from its publisher: a signature has been taken off.");
            }
        }
    }

    private void checkContent(SectionedText manifest, EntryReader reader) throws Rejected {
        for (var entry : content.values()) {
            var section = manifest.sections().get(entry.name());
            if (section == null) {
                throw new IllegalStateException("sections and entries were compared: " + entry.name());
            }
            checkMagic(section);
            var expected = digests.expected(section, "-digest", "entry " + entry.name());
            reader.digest(entry, expected.digests());
            if (!expected.matches()) {
                throw new Rejected(
                        "entry.changed",
                        "entry " + ZipNames.shown(entry.name()) + " has been changed after signing",
                        "the content that was signed",
                        "Get the jar again, or sign it again: claw sign.");
            }
        }
    }

    private static void checkMagic(SectionedText.Section section) throws Rejected {
        if (section.value("magic").isPresent()) {
            throw new Rejected(
                    "manifest.invalid", "a section of the manifest has a Magic attribute", "none", SIGN_AGAIN);
        }
    }

    private static Rejected changed(String reason) {
        return new Rejected(
                "manifest.changed",
                reason,
                "the manifest as signed",
                "Get the jar again, or sign it again: claw sign.");
    }

    private static Rejected orphan(Set<String> names, String name, String kind) {
        return new Rejected(
                "signature.orphan",
                "the signature " + kind + " META-INF/" + name + " stands alone (of " + names.size() + ")",
                "a signature file and a signature block of each name",
                SIGN_AGAIN);
    }

    private static Rejected metaInf(String name, String expected) {
        return new Rejected(
                "jar.metainf",
                "entry " + ZipNames.shown(name) + " would be read differently by different readers",
                expected,
                "Remove it from the jar and sign it again: claw sign.");
    }
}
