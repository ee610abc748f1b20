package org.openclaw.deploy.folder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Tells a zip that has been written to its end from one that has not, by its end record alone. It does not judge: it
 * only decides whether it is worth waiting for more bytes.
 */
final class ZipEnd {
    private static final int LENGTH = 22;
    private static final int SIGNATURE = 0x06054b50;
    private static final int DIRECTORY_SIZE = 12;
    private static final int DIRECTORY_OFFSET = 16;

    private ZipEnd() {}

    static boolean isWritten(Path file) {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var start = channel.size() - LENGTH;
            var end = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
            if (start < 0 || channel.read(end, start) != LENGTH || end.getInt(0) != SIGNATURE) {
                return false;
            }
            return Integer.toUnsignedLong(end.getInt(DIRECTORY_OFFSET))
                            + Integer.toUnsignedLong(end.getInt(DIRECTORY_SIZE))
                    == start;
        } catch (IOException unreadable) {
            return false;
        }
    }
}
