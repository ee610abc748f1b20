package org.openclaw.deploy.trust;

import static org.openclaw.deploy.trust.Attack.onSigned;
import static org.openclaw.deploy.trust.Attack.signed;
import static org.openclaw.deploy.trust.SignatureForge.CODE;
import static org.openclaw.deploy.trust.SignatureForge.SERVICE;
import static org.openclaw.deploy.trust.SignatureForge.TEXT;
import static org.openclaw.deploy.trust.SignatureForge.utf8;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.openclaw.deploy.trust.CertificateForge.Issued;

/** Content that nobody signed: attacks on entries, the manifest and the signature file. */
final class ContentAttacks {
    private static final byte[] EVIL = utf8("the code of the intruder");
    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final String SIGNATURE_FILE = "META-INF/ACME.SF";

    private ContentAttacks() {}

    static Stream<Attack> all() {
        return Stream.of(entries(), manifests(), signatureFiles(), bundles()).flatMap(attacks -> attacks);
    }

    private static Stream<Attack> entries() {
        return Stream.of(
                onSigned("changed code", "entry.changed", jar -> jar.part(CODE).content = EVIL),
                onSigned("a changed service file", "entry.changed", jar -> jar.part(SERVICE).content = EVIL),
                onSigned("two files in each other's place", "entry.changed", jar -> {
                    var code = jar.part(CODE);
                    var text = jar.part(TEXT);
                    var content = code.content;
                    code.content = text.content;
                    text.content = content;
                }),
                onSigned("an added class", "entry.unsigned", jar -> jar.add("acme/Evil.class", EVIL)),
                onSigned("an added service", "entry.unsigned", jar -> jar.add("META-INF/services/x.Y", EVIL)),
                onSigned(
                        "an added class for newer JDKs",
                        "entry.unsigned",
                        jar -> jar.add("META-INF/versions/9/acme/Bot.class", EVIL)),
                onSigned("an added index", "jar.metainf", jar -> jar.add("META-INF/INDEX.LIST", EVIL)),
                onSigned("an added SIG- file", "jar.metainf", jar -> jar.add("META-INF/SIG-EVIL", EVIL)),
                onSigned(
                        "an added SIG- file with extension",
                        "jar.metainf",
                        jar -> jar.add("META-INF/SIG-EVIL.X", EVIL)),
                onSigned("an added SIG- class", "entry.unsigned", jar -> jar.add("META-INF/SIG-A/Evil.class", EVIL)),
                onSigned("an added file in META-INF", "entry.unsigned", jar -> jar.add("META-INF/evil.txt", EVIL)),
                onSigned(
                        "a signature file in a folder below",
                        "entry.unsigned",
                        jar -> jar.add("META-INF/acme/EVIL.SF", EVIL)),
                onSigned("a removed file", "entry.missing", jar -> jar.parts.remove(jar.part(TEXT))),
                onSigned("a removed service", "entry.missing", jar -> jar.parts.remove(jar.part(SERVICE))));
    }

    private static Stream<Attack> manifests() {
        return Stream.of(
                onSigned(
                        "a changed main attribute",
                        "manifest.changed",
                        jar -> replace(jar, MANIFEST, "Bundle-Version: 1.0.0", "Bundle-Version: 9.9.9")),
                onSigned(
                        "an added main attribute",
                        "manifest.changed",
                        jar -> replace(
                                jar,
                                MANIFEST,
                                "Bundle-ManifestVersion",
                                "Launcher-Agent-Class: x\r\nBundle-ManifestVersion")),
                onSigned("an added section with its file", "manifest.changed", jar -> {
                    var section = SignatureForge.section(
                            "acme/Evil.class", "SHA-256-Digest", SignatureForge.digest("SHA-256", EVIL));
                    append(jar, MANIFEST, section);
                    jar.add("acme/Evil.class", EVIL);
                }),
                onSigned("changed code with its section", "manifest.changed", jar -> {
                    var before = SignatureForge.digest("SHA-256", jar.part(CODE).content);
                    replace(jar, MANIFEST, before, SignatureForge.digest("SHA-256", EVIL));
                    jar.part(CODE).content = EVIL;
                }),
                signed(
                        "a section without a file",
                        "entry.missing",
                        bundle -> bundle.strangeSections.put("acme/gone", SignatureForge.digest("SHA-256", EVIL))),
                signed(
                        "two sections for one file",
                        "manifest.invalid",
                        bundle -> bundle.strangeSections.put(CODE, SignatureForge.digest("SHA-256", EVIL))),
                signed("MD5 digests of the files", "digest.weak", bundle -> bundle.entryHash = "MD5"),
                signed("SHA-1 digests of the files", "digest.weak", bundle -> bundle.entryHash = "SHA1"),
                onSigned("no manifest", "manifest.missing", jar -> jar.parts.remove(jar.part(MANIFEST))),
                new Attack("a main attribute twice", "manifest.invalid", scene -> {
                    var bundle = scene.bundle();
                    var text = new String(bundle.manifest(), StandardCharsets.UTF_8)
                            .replace("Bundle-Version", "bundle-symbolicname: other\r\nBundle-Version");
                    return resigned(bundle, utf8(text), scene.cast.leaf());
                }),
                new Attack("a manifest that does not end its last line", "manifest.invalid", scene -> {
                    var bundle = scene.bundle();
                    var text = new String(bundle.manifest(), StandardCharsets.UTF_8) + "Name: acme/x";
                    return resigned(bundle, utf8(text), scene.cast.leaf());
                }));
    }

    private static Stream<Attack> signatureFiles() {
        return Stream.of(
                signed("no digest of the whole manifest", "manifest.digest", bundle -> bundle.wholeManifest = false),
                signed("an MD5 digest of the manifest", "digest.weak", bundle -> bundle.manifestHash = "MD5"),
                signed("a SHA-1 digest of the manifest", "digest.weak", bundle -> bundle.manifestHash = "SHA1"),
                onSigned(
                        "a changed signature file",
                        "signature.digest",
                        jar -> replace(jar, SIGNATURE_FILE, "Signature-Version: 1.0", "Signature-Version: 1.1")),
                onSigned("a manifest and signature file of one's own", "signature.digest", jar -> {
                    var own = new SignatureForge(Scene.NOW);
                    own.files.put(CODE, EVIL);
                    jar.part(MANIFEST).content = own.manifest();
                    jar.part(SIGNATURE_FILE).content = own.signatureFile(own.manifest());
                    jar.part(CODE).content = EVIL;
                }));
    }

    private static Stream<Attack> bundles() {
        return Stream.of(
                signed("no symbolic name", "bundle.invalid", bundle -> bundle.main.remove("Bundle-SymbolicName")),
                signed("a version that is none", "bundle.invalid", bundle -> bundle.main.put("Bundle-Version", "one")),
                signed("a jar on the class path within the jar", "bundle.nested", bundle -> {
                    bundle.main.put("Bundle-ClassPath", ".,lib/inner.jar");
                    bundle.files.put(
                            "lib/inner.jar", new JarForge().add(CODE, EVIL).toBytes());
                }));
    }

    private static byte[] resigned(SignatureForge bundle, byte[] manifest, Issued signer) throws Exception {
        var signatureFile = bundle.signatureFile(manifest);
        return bundle.jar(manifest, signatureFile, bundle.block(signatureFile, signer), "EC")
                .toBytes();
    }

    private static void replace(JarForge jar, String name, String before, String after) {
        var text = new String(jar.part(name).content, StandardCharsets.UTF_8);
        if (!text.contains(before)) {
            throw new IllegalArgumentException(name + ": no '" + before + "' in it");
        }
        jar.part(name).content = utf8(text.replace(before, after));
    }

    private static void append(JarForge jar, String name, String text) {
        jar.part(name).content = utf8(new String(jar.part(name).content, StandardCharsets.UTF_8) + text);
    }
}
