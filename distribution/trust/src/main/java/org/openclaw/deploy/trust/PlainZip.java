package org.openclaw.deploy.trust;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes the plainest zip there is: local headers that say everything, no data descriptors, no extra fields, no
 * comments, one fixed time, entries that tile the file. The same content gives the same bytes.
 */
final class PlainZip {
    private static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final int LOCAL_BYTES = 30;
    private static final int CENTRAL_BYTES = 46;
    private static final int END_BYTES = 22;
    private static final short VERSION = 20;
    private static final short NAMES_ARE_UTF_8 = 0x0800;
    private static final short DEFLATED = 8;
    private static final short STORED = 0;
    /** The first day that a zip can name, 1980-01-01. */
    private static final short DAY = 0x21;

    private static final ZipLimits LIMITS = ZipLimits.bundle();
    private final List<Member> members = new ArrayList<>();

    /** One entry, ready to be written. */
    record Member(String name, short method, int crc, int size, ByteBuffer data) {}

    /** Deflates content where that helps; what deflates so far that it looks like a bomb is stored as it is. */
    static Member member(String name, byte[] content) {
        var crc = new CRC32();
        crc.update(content);
        var deflated = deflate(content);
        var worth = deflated.length < content.length && !LIMITS.isBomb(content.length, deflated.length);
        return worth
                ? new Member(name, DEFLATED, (int) crc.getValue(), content.length, ByteBuffer.wrap(deflated))
                : new Member(name, STORED, (int) crc.getValue(), content.length, ByteBuffer.wrap(content));
    }

    void add(Member member) throws TrustException {
        if (members.size() == LIMITS.entries()) {
            throw TrustException.unsignable(
                    member.name(), "more than " + LIMITS.entries() + " entries", "Split the jar.");
        }
        members.add(member);
    }

    /** The whole file. */
    byte[] toBytes() throws TrustException {
        long length = END_BYTES;
        for (var member : members) {
            length += LOCAL_BYTES
                    + CENTRAL_BYTES
                    + 2L * name(member).length
                    + member.data().remaining();
        }
        if (length > Integer.MAX_VALUE - 8) {
            throw TrustException.unsignable("the jar", length + " bytes", "Split it: a bundle is below 2 GiB.");
        }
        var file = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
        var offsets = new int[members.size()];
        for (var i = 0; i < offsets.length; i++) {
            offsets[i] = file.position();
            file.putInt(LOCAL);
            common(file, members.get(i));
            file.put(name(members.get(i))).put(members.get(i).data().duplicate());
        }
        var central = file.position();
        for (var i = 0; i < offsets.length; i++) {
            file.putInt(CENTRAL).putShort(VERSION);
            common(file, members.get(i));
            // no comment, first disk, no attributes
            file.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0);
            file.putInt(offsets[i]).put(name(members.get(i)));
        }
        var end = file.position();
        file.putInt(END).putInt(0).putShort((short) offsets.length).putShort((short) offsets.length);
        file.putInt(end - central).putInt(central).putShort((short) 0);
        return file.array();
    }

    /** The fields that stand alike in the local header and in the central directory. */
    private static void common(ByteBuffer file, Member member) {
        file.putShort(VERSION).putShort(NAMES_ARE_UTF_8).putShort(member.method());
        file.putShort((short) 0).putShort(DAY).putInt(member.crc());
        file.putInt(member.data().remaining()).putInt(member.size());
        file.putShort((short) name(member).length).putShort((short) 0);
    }

    private static byte[] name(Member member) {
        return member.name().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] deflate(byte[] content) {
        try (var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true)) {
            deflater.setInput(content);
            deflater.finish();
            var out = new ByteArrayOutputStream(content.length / 2 + 64);
            var buffer = new byte[1 << 16];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        }
    }
}
