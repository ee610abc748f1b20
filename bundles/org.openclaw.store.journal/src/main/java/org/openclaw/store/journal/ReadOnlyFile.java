package org.openclaw.store.journal;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that is only looked at: it need not be writable, and another process may have it open. */
record ReadOnlyFile(FileChannel channel) implements Disk.File {
    static ReadOnlyFile open(Path path) throws IOException {
        return new ReadOnlyFile(FileChannel.open(path, StandardOpenOption.READ));
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public void read(long position, ByteBuffer into) throws IOException {
        long at = position;
        while (into.hasRemaining()) {
            int count = channel.read(into, at);
            if (count < 0) {
                throw new EOFException("the file ends at " + at);
            }
            at += count;
        }
    }

    @Override
    public void write(long position, ByteBuffer from) {
        throw new UnsupportedOperationException("a file that is only looked at");
    }

    @Override
    public void force() {
        throw new UnsupportedOperationException("a file that is only looked at");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
