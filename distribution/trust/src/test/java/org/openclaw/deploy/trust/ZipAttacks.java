package org.openclaw.deploy.trust;

import static org.openclaw.deploy.trust.Attack.onSigned;
import static org.openclaw.deploy.trust.Attack.signed;
import static org.openclaw.deploy.trust.SignatureForge.CODE;
import static org.openclaw.deploy.trust.SignatureForge.TEXT;
import static org.openclaw.deploy.trust.SignatureForge.utf8;

import java.util.Arrays;
import java.util.stream.Stream;

/** Two readings of the same bytes: attacks on the zip itself. */
final class ZipAttacks {
    private static final byte[] EVIL = utf8("the code of the intruder");

    private ZipAttacks() {}

    static Stream<Attack> all() {
        return Stream.of(names(), headers(), tiling(), features(), sizes()).flatMap(attacks -> attacks);
    }

    private static Stream<Attack> names() {
        return Stream.of(
                onSigned("a second entry of the same name", "zip.duplicate", jar -> jar.add(CODE, EVIL)),
                onSigned(
                        "the second entry of the same name first",
                        "zip.duplicate",
                        jar -> jar.parts.addFirst(new JarForge.Part(CODE, EVIL))),
                signed(
                        "names equal but for case",
                        "zip.duplicate.similar",
                        bundle -> bundle.files.put("acme/bot.class", EVIL)),
                signed("names equal but for Unicode form", "zip.duplicate.similar", bundle -> {
                    bundle.files.put("acme/\u00e9.txt", EVIL);
                    bundle.files.put("acme/e\u0301.txt", EVIL);
                }),
                onSigned(
                        "a second manifest",
                        "zip.duplicate",
                        jar -> jar.add("META-INF/MANIFEST.MF", utf8("Manifest-Version: 1.0\r\n\r\n"))),
                onSigned(
                        "a second manifest in lower case",
                        "zip.duplicate.similar",
                        jar -> jar.add("meta-inf/manifest.mf", utf8("Manifest-Version: 1.0\r\n\r\n"))),
                signed("a name that leads out", "zip.name", bundle -> bundle.files.put("../evil.class", EVIL)),
                signed(
                        "a name that leads out in the middle",
                        "zip.name",
                        bundle -> bundle.files.put("a/../b.class", EVIL)),
                signed("an absolute name", "zip.name", bundle -> bundle.files.put("/etc/evil", EVIL)),
                signed("a name with a drive", "zip.name", bundle -> bundle.files.put("C:/evil", EVIL)),
                signed("a backslash in a name", "zip.name", bundle -> bundle.files.put("acme\\evil.class", EVIL)),
                signed("an empty segment in a name", "zip.name", bundle -> bundle.files.put("acme//evil.class", EVIL)),
                signed("a zero byte in a name", "zip.name", bundle -> bundle.files.put("acme/evil.class\0.txt", EVIL)),
                signed(
                        "an invisible character in a name",
                        "zip.name",
                        bundle -> bundle.files.put("acme/\u202etxt.ssalc", EVIL)),
                onSigned("a name that is no UTF-8", "zip.name", jar -> {
                    var part = new JarForge.Part("acme/x", EVIL);
                    part.name = new byte[] {'a', (byte) 0xC3, (byte) 0x28};
                    part.localName = part.name;
                    jar.add(part);
                }),
                onSigned("a folder of the name of a file", "zip.clash", jar -> jar.add(CODE + "/", new byte[0])),
                signed("a file below a file", "zip.clash", bundle -> bundle.files.put(CODE + "/evil.class", EVIL)));
    }

    private static Stream<Attack> headers() {
        return Stream.of(
                onSigned(
                        "another name in the local header",
                        "zip.local",
                        jar -> jar.part(CODE).localName = utf8("acme/Evl.class")),
                onSigned("another CRC in the local header", "zip.local", jar -> jar.part(CODE).localCrc = 7),
                onSigned("another size in the local header", "zip.local", jar -> jar.part(CODE).localSize = 7),
                onSigned(
                        "another compressed size in the local header",
                        "zip.local",
                        jar -> jar.part(CODE).localCompressed = 7),
                onSigned("another method in the local header", "zip.local", jar -> jar.part(CODE).localMethod = 0),
                onSigned("other flags in the local header", "zip.local", jar -> jar.part(CODE).localFlags = 0),
                onSigned("a data descriptor that differs", "zip.local", jar -> {
                    var part = jar.part(TEXT);
                    part.descriptor = true;
                    part.centralCrc = 7;
                }),
                onSigned("encryption", "zip.encrypted", jar -> jar.part(CODE).flags |= 1),
                onSigned("another compression", "zip.feature", jar -> {
                    jar.part(CODE).localMethod = 12;
                    jar.part(CODE).centralMethod = 12;
                }),
                onSigned("a later version of the format", "zip.feature", jar -> jar.part(CODE).versionNeeded = 63),
                onSigned("a symbolic link", "zip.link", jar -> {
                    jar.part(CODE).madeBy = 3 << 8 | 20;
                    jar.part(CODE).externalAttributes = 0xA1FF << 16;
                }),
                onSigned("a file marked as a folder", "zip.link", jar -> jar.part(CODE).externalAttributes = 0x10),
                onSigned("another name in a Unicode extra field", "zip.extra", jar -> {
                    var name = new JarForge.Fields()
                            .put(new byte[] {1})
                            .putInt((int) JarForge.crc(utf8(CODE)))
                            .put(utf8("acme/Evil.class"))
                            .array();
                    jar.part(CODE).centralExtra = JarForge.extra(0x7075, name);
                    jar.part(CODE).localExtra = JarForge.extra(0x7075, name);
                }),
                onSigned(
                        "an unknown extra field in the local header",
                        "zip.extra",
                        jar -> jar.part(CODE).localExtra = JarForge.extra(0x4242, EVIL)),
                onSigned(
                        "an extra field that ends too late",
                        "zip.extra",
                        jar -> jar.part(CODE).centralExtra = new byte[] {0x55, 0x54, 99, 0}));
    }

    private static Stream<Attack> tiling() {
        return Stream.of(
                onSigned("a hidden entry", "zip.gap", jar -> {
                    var part = new JarForge.Part("acme/Evil.class", EVIL);
                    part.inCentral = false;
                    jar.parts.add(2, part);
                }),
                onSigned("a hidden entry at the end", "zip.gap", jar -> {
                    var part = new JarForge.Part("acme/Evil.class", EVIL);
                    part.inCentral = false;
                    jar.add(part);
                }),
                onSigned("two names for one place", "zip.gap", jar -> {
                    var part = new JarForge.Part("acme/Evil.class", EVIL);
                    part.inLocal = false;
                    part.sharesLocalOf = CODE;
                    jar.add(part);
                }),
                onSigned("overlapping entries", "zip.gap", jar -> {
                    var inner = new JarForge().add("acme/inner.txt", EVIL);
                    var outer = jar.part(TEXT);
                    outer.stored = true;
                    var whole = inner.toBytes();
                    var entry = new JarForge.Part("acme/inner.txt", EVIL);
                    entry.inLocal = false;
                    outer.content = whole;
                    var honest = jar.toBytes();
                    entry.centralOffset = indexOf(honest, Arrays.copyOf(whole, 40));
                    jar.add(entry);
                }),
                onSigned("a gap between two entries", "zip.gap", jar -> jar.part(TEXT).gapBefore = EVIL),
                onSigned("a gap before the central directory", "zip.gap", jar -> jar.beforeCentral = EVIL),
                onSigned("a gap after the central directory", "zip.gap", jar -> jar.beforeEnd = EVIL),
                onSigned("bytes before it, offsets unchanged", "zip.none", jar -> {
                    jar.prefix = EVIL;
                    jar.offsetsSkipPrefix = true;
                }),
                onSigned("bytes before it, offsets adjusted", "zip.none", jar -> jar.prefix = utf8("#!/bin/sh\n")),
                onSigned("a whole zip before it", "zip.gap", jar -> {
                    jar.prefix = new JarForge().add(CODE, EVIL).toBytes();
                    jar.offsetsSkipPrefix = true;
                }),
                onSigned("bytes after it", "zip.end", jar -> jar.suffix = EVIL),
                onSigned(
                        "a whole zip after it",
                        "zip.gap",
                        jar -> jar.suffix = new JarForge().add(CODE, EVIL).toBytes()),
                onSigned("a comment", "zip.end", jar -> jar.comment = EVIL),
                onSigned(
                        "a comment that holds a second zip",
                        "zip.gap",
                        jar -> jar.comment = new JarForge().add(CODE, EVIL).toBytes()),
                onSigned("a comment that holds a false end record", "zip.end", jar -> {
                    var end = new JarForge().toBytes();
                    jar.comment = Arrays.copyOf(end, end.length + 5);
                }),
                onSigned("a comment on an entry", "zip.comment", jar -> jar.part(CODE).centralComment = EVIL),
                onSigned(
                        "a directory that is longer than it says",
                        "zip.directory",
                        jar -> jar.declaredEntriesDelta = -1),
                onSigned(
                        "a directory that is shorter than it says",
                        "zip.directory",
                        jar -> jar.declaredEntriesDelta = 1),
                onSigned("a directory that begins elsewhere", "zip.gap", jar -> jar.centralOffsetDelta = -4),
                new Attack("a file cut short", "zip.end", scene -> {
                    var whole = scene.jar().toBytes();
                    return Arrays.copyOf(whole, whole.length - 30);
                }),
                new Attack("no zip at all", "zip.none", scene -> utf8("I am a jar, believe me. ".repeat(10))),
                new Attack("an empty file", "zip.none", scene -> new byte[0]));
    }

    private static Stream<Attack> features() {
        return Stream.of(
                onSigned("zip64 sizes of an entry", "zip.zip64", jar -> {
                    var part = jar.part(CODE);
                    part.centralExtra = JarForge.extra(
                            1,
                            new JarForge.Fields().putLong(part.content.length).array());
                    part.centralSize = 0xFFFFFFFFL;
                }),
                onSigned("a zip64 end record before the end record", "zip.gap", jar -> {
                    var record = new JarForge.Fields()
                            .putInt(0x06064b50)
                            .putLong(44)
                            .putShort(45)
                            .putShort(45);
                    record.putInt(0).putInt(0).putLong(1).putLong(1).putLong(46).putLong(0);
                    record.putInt(0x07064b50).putInt(0).putLong(0).putInt(1);
                    jar.beforeEnd = record.array();
                }),
                new Attack("a zip64 count of entries", "zip.zip64", scene -> {
                    var jar = scene.jar();
                    jar.declaredEntriesDelta = 0xFFFF - jar.parts.size();
                    return jar.toBytes();
                }));
    }

    private static Stream<Attack> sizes() {
        return Stream.of(
                signed("a bomb", "zip.bomb", bundle -> bundle.files.put("acme/zeroes", new byte[8 << 20])),
                onSigned("a size that is too small", "zip.size", jar -> lie(jar.part(TEXT), 10)),
                onSigned("a size that is too large", "zip.size", jar -> lie(jar.part(TEXT), 1000)),
                onSigned("a size of 4 GB", "zip.limit", jar -> lie(jar.part(TEXT), 0xFFFFFFF0L)),
                onSigned("a compressed size beyond the file", "zip.size", jar -> {
                    jar.part(TEXT).localCompressed = 100_000;
                    jar.part(TEXT).centralCompressed = 100_000;
                }),
                onSigned("two sizes of a stored entry", "zip.size", jar -> {
                    jar.part(TEXT).stored = true;
                    lie(jar.part(TEXT), 10);
                }),
                onSigned("a folder with content", "zip.size", jar -> jar.add("acme/folder/", EVIL)),
                onSigned("bytes behind the compressed data", "zip.deflate", jar -> {
                    var honest = JarForge.data(jar.part(TEXT));
                    jar.part(TEXT).rawData = Arrays.copyOf(honest, honest.length + 8);
                }),
                onSigned("compressed data that end early", "zip.deflate", jar -> {
                    var honest = JarForge.data(jar.part(TEXT));
                    jar.part(TEXT).rawData = Arrays.copyOf(honest, honest.length - 5);
                }),
                onSigned("compressed data that are none", "zip.deflate", jar -> {
                    var noise = new byte[64];
                    Arrays.fill(noise, (byte) 0xFF);
                    jar.part(TEXT).rawData = noise;
                }),
                onSigned("content that does not have its CRC", "zip.crc", jar -> {
                    jar.part(TEXT).localCrc = 7;
                    jar.part(TEXT).centralCrc = 7;
                }));
    }

    private static void lie(JarForge.Part part, long size) {
        part.localSize = size;
        part.centralSize = size;
    }

    private static int indexOf(byte[] whole, byte[] piece) {
        for (var at = 0; at + piece.length <= whole.length; at++) {
            if (Arrays.equals(whole, at, at + piece.length, piece, 0, piece.length)) {
                return at;
            }
        }
        throw new IllegalArgumentException("piece: not there (expected: within the whole)");
    }
}
