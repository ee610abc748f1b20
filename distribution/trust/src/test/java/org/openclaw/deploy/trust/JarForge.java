package org.openclaw.deploy.trust;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes zip files field by field, and lies wherever it is told to. */
final class JarForge {
    static final int LOCAL = 0x04034b50;
    static final int CENTRAL = 0x02014b50;
    static final int END = 0x06054b50;

    final List<Part> parts = new ArrayList<>();
    byte[] prefix = {};
    byte[] beforeCentral = {};
    byte[] beforeEnd = {};
    byte[] comment = {};
    byte[] suffix = {};
    int declaredEntriesDelta;
    int centralOffsetDelta;
    /** Whether the offsets count from the start of the file or from the first local header. */
    boolean offsetsSkipPrefix;

    /** One entry; what is not overridden is told truly. */
    static final class Part {
        byte[] name;
        byte[] content;
        boolean stored;
        int flags = 0x0800;
        boolean descriptor;
        boolean inCentral = true;
        boolean inLocal = true;
        byte[] gapBefore = {};
        byte[] localExtra = {};
        byte[] centralExtra = {};
        byte[] centralComment = {};
        int externalAttributes;
        int madeBy = 20;
        int versionNeeded = 20;
        byte[] localName;
        byte[] rawData;
        int localMethod = -1;
        int centralMethod = -1;
        long localCrc = -1;
        long centralCrc = -1;
        long localSize = -1;
        long centralSize = -1;
        long localCompressed = -1;
        long centralCompressed = -1;
        long centralOffset = -1;
        int localFlags = -1;
        /** Names the part whose local header this one's central entry points at. */
        String sharesLocalOf = "";

        Part(String name, byte[] content) {
            this.name = name.getBytes(StandardCharsets.UTF_8);
            this.localName = this.name;
            this.content = content;
            this.rawData = new byte[0];
        }

        String name() {
            return new String(name, StandardCharsets.UTF_8);
        }
    }

    JarForge add(Part part) {
        parts.add(part);
        return this;
    }

    JarForge add(String name, byte[] content) {
        return add(new Part(name, content));
    }

    Part part(String name) {
        return parts.stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("part: " + name + " (expected: one of the forge)"));
    }

    byte[] toBytes() {
        var file = new ByteArrayOutputStream();
        var base = offsetsSkipPrefix ? prefix.length : 0;
        file.writeBytes(prefix);
        var offsets = new ArrayList<Long>();
        for (var part : parts) {
            file.writeBytes(part.gapBefore);
            offsets.add((long) file.size() - base);
            if (part.inLocal) {
                local(file, part);
            }
        }
        file.writeBytes(beforeCentral);
        var central = file.size();
        var count = 0;
        for (var i = 0; i < parts.size(); i++) {
            var part = parts.get(i);
            if (part.inCentral) {
                var offset = offsets.get(i);
                if (!part.sharesLocalOf.isEmpty()) {
                    offset = offsets.get(parts.indexOf(part(part.sharesLocalOf)));
                }
                central(file, part, part.centralOffset >= 0 ? part.centralOffset : offset);
                count++;
            }
        }
        var size = file.size() - central;
        file.writeBytes(beforeEnd);
        var end = new Fields();
        end.putInt(END).putInt(0).putShort((count + declaredEntriesDelta));
        end.putShort((count + declaredEntriesDelta)).putInt(size);
        end.putInt(central - base + centralOffsetDelta).putShort(comment.length);
        file.writeBytes(end.array());
        file.writeBytes(comment);
        file.writeBytes(suffix);
        return file.toByteArray();
    }

    private static void local(ByteArrayOutputStream file, Part part) {
        var data = data(part);
        var flags = part.localFlags >= 0 ? part.localFlags : flags(part);
        var header = new Fields();
        header.putInt(LOCAL).putShort(part.versionNeeded).putShort(flags);
        header.putShort((part.localMethod >= 0 ? part.localMethod : method(part)));
        header.putShort(0).putShort(0x21);
        header.putInt((int) (part.localCrc >= 0 ? part.localCrc : part.descriptor ? 0 : crc(part.content)));
        header.putInt((int) (part.localCompressed >= 0 ? part.localCompressed : part.descriptor ? 0 : data.length));
        header.putInt((int) (part.localSize >= 0 ? part.localSize : part.descriptor ? 0 : part.content.length));
        header.putShort(part.localName.length).putShort(part.localExtra.length);
        file.writeBytes(header.array());
        file.writeBytes(part.localName);
        file.writeBytes(part.localExtra);
        file.writeBytes(data);
        if (part.descriptor) {
            var descriptor = new Fields();
            descriptor.putInt(0x08074b50).putInt((int) crc(part.content)).putInt(data.length);
            descriptor.putInt(part.content.length);
            file.writeBytes(descriptor.array());
        }
    }

    private static void central(ByteArrayOutputStream file, Part part, long offset) {
        var data = data(part);
        var header = new Fields();
        header.putInt(CENTRAL).putShort(part.madeBy).putShort(part.versionNeeded);
        header.putShort(flags(part));
        header.putShort((part.centralMethod >= 0 ? part.centralMethod : method(part)));
        header.putShort(0).putShort(0x21);
        header.putInt((int) (part.centralCrc >= 0 ? part.centralCrc : crc(part.content)));
        header.putInt((int) (part.centralCompressed >= 0 ? part.centralCompressed : data.length));
        header.putInt((int) (part.centralSize >= 0 ? part.centralSize : part.content.length));
        header.putShort(part.name.length).putShort(part.centralExtra.length);
        header.putShort(part.centralComment.length).putShort(0).putShort(0);
        header.putInt(part.externalAttributes).putInt((int) offset);
        file.writeBytes(header.array());
        file.writeBytes(part.name);
        file.writeBytes(part.centralExtra);
        file.writeBytes(part.centralComment);
    }

    private static int flags(Part part) {
        return part.flags | (part.descriptor ? 8 : 0);
    }

    private static int method(Part part) {
        return part.stored ? 0 : 8;
    }

    static byte[] data(Part part) {
        if (part.rawData.length > 0) {
            return part.rawData;
        }
        return part.stored ? part.content : deflate(part.content);
    }

    static byte[] deflate(byte[] content) {
        try (var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true)) {
            deflater.setInput(content);
            deflater.finish();
            var out = new ByteArrayOutputStream();
            var buffer = new byte[1 << 16];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        }
    }

    static long crc(byte[] content) {
        var crc = new CRC32();
        crc.update(content);
        return crc.getValue();
    }

    /** Little-endian numbers one after the other. */
    static final class Fields {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Fields putShort(int value) {
            bytes.write(value);
            bytes.write(value >>> 8);
            return this;
        }

        Fields putInt(int value) {
            return putShort(value).putShort(value >>> 16);
        }

        Fields putLong(long value) {
            return putInt((int) value).putInt((int) (value >>> 32));
        }

        Fields put(byte[] value) {
            bytes.writeBytes(value);
            return this;
        }

        byte[] array() {
            return bytes.toByteArray();
        }
    }

    /** An extra field of this kind. */
    static byte[] extra(int kind, byte[] value) {
        return new Fields().putShort(kind).putShort(value.length).put(value).array();
    }
}
