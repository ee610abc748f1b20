package org.openclaw.itest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;

/**
 * A file system over one folder, in memory, whose size changes at will. Only processes that are started through it see it. It
 * lives in a namespace of its own, so it needs no privileges and is gone with this process; Linux only.
 */
final class TightDisk implements AutoCloseable {
    private static final String WIDE = "4g";
    private static final String MOUNT = "mount -t tmpfs -o size=" + WIDE + " tmpfs \"$0\" && echo mounted && exec cat";

    private final Path folder;
    private final Process holder;

    private TightDisk(Path folder, Process holder) {
        this.folder = folder;
        this.holder = holder;
    }

    /** Mounts one over this folder; empty where this machine does not let us. */
    static Optional<TightDisk> over(Path folder) throws IOException {
        Process holder;
        try {
            holder = new ProcessBuilder(
                            "unshare", "--user", "--map-root-user", "--mount", "sh", "-c", MOUNT, folder.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException absent) {
            return Optional.empty();
        }
        // what is written there comes back later, when the namespace ends with the end of its input
        var said = holder.inputReader().readLine();
        return "mounted".equals(said) ? Optional.of(new TightDisk(folder, holder)) : Optional.empty();
    }

    /** The words that come before a command which is to see it; the process that they start becomes the command's. */
    List<String> prefix() {
        var pid = Long.toString(holder.pid());
        return List.of("nsenter", "--target", pid, "--user", "--mount", "--preserve-credentials");
    }

    /** Makes it so small that only so many bytes are free. */
    void leave(long bytes) {
        var store = Path.of("/proc", Long.toString(holder.pid()), "root")
                .resolve(Path.of("/").relativize(folder))
                .toFile();
        // what is written in the meantime may make the size too small
        Awaitility.await("a small file system").ignoreExceptions().until(() -> {
            resize(Long.toString(store.getTotalSpace() - store.getFreeSpace() + bytes));
            return true;
        });
    }

    /** Makes it as large as at first. */
    void grow() throws IOException, InterruptedException {
        resize(WIDE);
    }

    private void resize(String size) throws IOException, InterruptedException {
        var line = new ArrayList<>(prefix());
        line.addAll(List.of("mount", "-o", "remount,size=" + size, folder.toString()));
        var process = new ProcessBuilder(line).redirectErrorStream(true).start();
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(
                    "The file system over " + folder + " does not become " + size + " bytes large: " + out);
        }
    }

    @Override
    public void close() {
        holder.destroyForcibly().onExit().join();
    }
}
