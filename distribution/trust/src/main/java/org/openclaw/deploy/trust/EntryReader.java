package org.openclaw.deploy.trust;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads entries, each once: inflates, compares size and CRC, and feeds the content to digests on the way. One inflater and
 * one buffer serve all entries. For one thread.
 */
final class EntryReader implements AutoCloseable {
    private static final String CURE = "Build the jar again from good files.";

    private final StrictZip zip;
    private final Inflater inflater = new Inflater(true);
    private final byte[] buffer = new byte[1 << 16];
    private final CRC32 crc = new CRC32();

    EntryReader(StrictZip zip) {
        this.zip = zip;
    }

    /** Where the content of an entry goes, piece by piece. */
    @FunctionalInterface
    private interface Sink {
        void take(ByteBuffer piece);
    }

    /** Feeds an entry to digests. */
    void digest(StrictZip.Entry entry, List<MessageDigest> digests) throws Rejected {
        if (digests.size() == 1) {
            read(entry, digests.getFirst()::update);
        } else {
            read(entry, piece -> digests.forEach(digest -> digest.update(piece.duplicate())));
        }
    }

    /** The content of an entry of at most {@code most} bytes. */
    byte[] content(StrictZip.Entry entry, int most) throws Rejected {
        if (entry.size() > most) {
            throw new Rejected(
                    "zip.limit",
                    "entry " + ZipNames.shown(entry.name()) + " has " + entry.size() + " bytes",
                    "at most " + most,
                    "Split the bundle.");
        }
        var content = ByteBuffer.allocate((int) entry.size());
        read(entry, content::put);
        return content.array();
    }

    private void read(StrictZip.Entry entry, Sink sink) throws Rejected {
        crc.reset();
        if (entry.method() == StrictZip.STORED) {
            var data = zip.data(entry);
            crc.update(data.duplicate());
            sink.take(data);
        } else {
            inflate(entry, sink);
        }
        if ((int) crc.getValue() != entry.crc()) {
            throw damaged(entry, "zip.crc", "does not have the CRC that its header declares");
        }
    }

    private void inflate(StrictZip.Entry entry, Sink sink) throws Rejected {
        inflater.reset();
        inflater.setInput(zip.data(entry));
        var left = entry.size();
        try {
            while (!inflater.finished()) {
                var count = inflater.inflate(buffer);
                if (count > left) {
                    throw damaged(
                            entry, "zip.size", "inflates to more than the " + entry.size() + " bytes it declares");
                }
                if (count == 0 && !inflater.finished()) {
                    throw damaged(entry, "zip.deflate", "ends in the middle of its compressed data");
                }
                left -= count;
                crc.update(buffer, 0, count);
                sink.take(ByteBuffer.wrap(buffer, 0, count));
            }
        } catch (DataFormatException malformed) {
            throw damaged(entry, "zip.deflate", "is not compressed properly");
        }
        if (left != 0) {
            throw damaged(entry, "zip.size", "inflates to less than the " + entry.size() + " bytes it declares");
        }
        if (inflater.getRemaining() != 0) {
            throw damaged(entry, "zip.deflate", "has " + inflater.getRemaining() + " bytes after its compressed data");
        }
    }

    private static Rejected damaged(StrictZip.Entry entry, String code, String what) {
        return new Rejected(code, "entry " + ZipNames.shown(entry.name()) + " " + what, "intact entries", CURE);
    }

    @Override
    public void close() {
        inflater.close();
    }
}
