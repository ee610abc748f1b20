package org.openclaw.store.journal;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * A disk in memory that does at a crash whatever a disk may do: of what was written and not forced it keeps any part, in
 * sectors of 512 bytes, in any order; of the names any beginning. And it fails on demand. For one thread.
 */
public final class SimulatedDisk implements Disk {
    private static final int SECTOR = 512;
    private static final long LARGE = 1L << 40;

    private final RandomGenerator random;
    private TreeMap<String, Content> names = new TreeMap<>();
    private List<Map<String, Content>> unforcedNames = new ArrayList<>();
    private long operationsLeft = Long.MAX_VALUE;
    private boolean forGood;
    private boolean failing;
    private boolean full;

    /** An empty disk; what it does at a crash is drawn from this. */
    public SimulatedDisk(RandomGenerator random) {
        this.random = random;
        unforcedNames.add(Map.copyOf(names));
    }

    /** The power fails at the n-th operation from now on that changes something: it and all later ones throw. */
    public void failAfter(long operations) {
        operationsLeft = operations;
        forGood = true;
        failing = false;
    }

    /** The n-th operation from now on that changes something throws; those behind it do not. */
    public void failOnceAfter(long operations) {
        operationsLeft = operations;
        forGood = false;
        failing = false;
    }

    /** Whether it has failed since it was told when to. */
    public boolean hasFailed() {
        return failing;
    }

    /** From now on there is no room for another file; or there is again. */
    public void full(boolean now) {
        full = now;
    }

    /** What the disk looks like when the power is back. */
    public void crash() {
        names = new TreeMap<>(unforcedNames.get(random.nextInt(unforcedNames.size())));
        unforcedNames = new ArrayList<>(List.of(Map.copyOf(names)));
        names.values().forEach(content -> content.crash(random));
        operationsLeft = Long.MAX_VALUE;
        failing = false;
    }

    /** Turns over one bit that was durable. */
    public void damage(String name, long position) {
        var content = names.get(name);
        if (content == null) {
            throw new IllegalArgumentException(name + " is not there");
        }
        content.now[(int) position] ^= 0x10;
        content.durable[(int) position] ^= 0x10;
    }

    /** Something changes, here or on another simulated device that fails together with this one. */
    void operation() throws IOException {
        if (failing && forGood) {
            throw new IOException("simulated failure");
        }
        if (!failing && operationsLeft-- <= 0) {
            failing = true;
            throw new IOException("simulated failure");
        }
    }

    @Override
    public List<String> names() {
        return List.copyOf(names.keySet());
    }

    private Content content(String name) throws IOException {
        var content = names.get(name);
        if (content == null) {
            throw new FileNotFoundException(name);
        }
        return content;
    }

    @Override
    public File open(String name) throws IOException {
        return new OpenFile(content(name));
    }

    @Override
    public void create(String name, long size) throws IOException {
        operation();
        if (full) {
            throw new IOException("No space left on device");
        }
        names.put(name, new Content((int) size));
        changed();
        try {
            operation();
        } catch (IOException failed) {
            if (!forGood) {
                names.remove(name);
                changed();
            }
            throw failed;
        }
    }

    @Override
    public void rename(String from, String to) throws IOException {
        operation();
        if (names.containsKey(to)) {
            throw new FileAlreadyExistsException(to);
        }
        names.put(to, content(from));
        names.remove(from);
        changed();
    }

    @Override
    public void delete(String name) throws IOException {
        operation();
        content(name);
        names.remove(name);
        changed();
    }

    private void changed() {
        unforcedNames.add(Map.copyOf(names));
    }

    @Override
    public void forceNames() throws IOException {
        operation();
        unforcedNames = new ArrayList<>(List.of(Map.copyOf(names)));
    }

    @Override
    public long room() {
        return full ? 0 : LARGE;
    }

    private static final class Content {
        private byte[] now;
        private byte[] durable;

        Content(int size) {
            now = new byte[size];
            durable = new byte[size];
        }

        void crash(RandomGenerator random) {
            int kind = random.nextInt(3);
            for (int at = 0; at < now.length; at += SECTOR) {
                boolean kept = kind == 0 || (kind == 1 && random.nextBoolean());
                if (kept) {
                    System.arraycopy(now, at, durable, at, Math.min(SECTOR, now.length - at));
                }
            }
            now = durable.clone();
        }
    }

    private final class OpenFile implements File {
        private final Content content;
        private boolean closed;

        OpenFile(Content content) {
            this.content = content;
        }

        private void requireOpen() {
            if (closed) {
                throw new IllegalStateException("used behind its end");
            }
        }

        @Override
        public long size() {
            requireOpen();
            return content.now.length;
        }

        @Override
        public void read(long position, ByteBuffer into) throws IOException {
            requireOpen();
            if (position + into.remaining() > content.now.length) {
                throw new EOFException("the file ends at " + content.now.length);
            }
            into.put(content.now, (int) position, into.remaining());
        }

        @Override
        public void write(long position, ByteBuffer from) throws IOException {
            requireOpen();
            int length = from.remaining();
            var bytes = new byte[length];
            from.get(bytes);
            try {
                operation();
            } catch (IOException failed) {
                // a part of it may be on its way to the disk
                System.arraycopy(bytes, 0, content.now, (int) position, random.nextInt(length + 1));
                throw failed;
            }
            System.arraycopy(bytes, 0, content.now, (int) position, length);
        }

        @Override
        public void force() throws IOException {
            requireOpen();
            try {
                operation();
            } catch (IOException failed) {
                if (!forGood) {
                    // as Linux does: what could not be forced is lost, and the next force knows nothing of it
                    content.crash(random);
                }
                throw failed;
            }
            content.durable = content.now.clone();
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
