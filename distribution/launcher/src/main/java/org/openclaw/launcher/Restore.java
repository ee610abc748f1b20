package org.openclaw.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Puts a checkpoint of a store where the container will open its store. The files are copied, never linked: a store writes
 * into those of its newest segment. Until the copy is whole and durable nothing of the home has changed.
 *
 * @param home whose store it becomes
 * @param checkpoint the name of one of this home, or a folder
 * @param replace whether the store that the home has makes way: it is moved to {@code data/trash}
 */
public record Restore(Home home, String checkpoint, boolean replace) {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssX").withZone(ZoneOffset.UTC);

    /**
     * Restores it, while no container runs on the home.
     *
     * @throws LaunchException when there is no such checkpoint, when the home has a store that may not be replaced, or when a
     *     container runs; nothing has changed then
     */
    public void run(Installation installation, InstantSource clock) throws IOException, LaunchException {
        home.prepare(installation);
        try (var _ = DataLock.take(home.data())) {
            DataVersion.open(home.data());
            var from = find();
            var store = home.data().resolve(kind(from));
            boolean there = isThere(store);
            if (there && !replace) {
                throw LaunchException.storeThere(store);
            }
            var unfinished = home.data().resolve(store.getFileName() + ".restoring");
            HomeFolders.wipe(unfinished);
            copy(from, unfinished);
            if (there) {
                setAside(store, clock);
            } else {
                HomeFolders.wipe(store);
            }
            Files.move(unfinished, store, StandardCopyOption.ATOMIC_MOVE);
            force(home.data());
        }
    }

    private Path find() throws LaunchException {
        var checkpoints = home.data().resolve("checkpoints");
        try {
            var named = checkpoints.resolve(checkpoint);
            if (!checkpoint.isEmpty() && Files.isDirectory(named)) {
                return named;
            }
            if (Files.isDirectory(Path.of(checkpoint))) {
                return Path.of(checkpoint).toAbsolutePath();
            }
        } catch (InvalidPathException none) {
            // said below
        }
        throw LaunchException.noCheckpoint(checkpoint, checkpoints);
    }

    /** The folder of {@code data/} that such a store is opened from. */
    private String kind(Path from) throws LaunchException {
        if (Files.isRegularFile(from.resolve("version")) && Files.isDirectory(from.resolve("checkpoint"))) {
            return "journal";
        }
        if (Files.isRegularFile(from.resolve("CURRENT"))) {
            return "rocks";
        }
        throw LaunchException.noCheckpoint(checkpoint, home.data().resolve("checkpoints"));
    }

    private static boolean isThere(Path store) throws IOException {
        if (!Files.exists(store, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (var files = Files.list(store)) {
            return files.findAny().isPresent();
        }
    }

    private void setAside(Path store, InstantSource clock) throws IOException {
        var trash = Files.createDirectories(home.data().resolve("trash"));
        var name = store.getFileName() + "-" + MOMENT.format(clock.instant());
        var aside = trash.resolve(name);
        for (int number = 2; Files.exists(aside, LinkOption.NOFOLLOW_LINKS); number++) {
            aside = trash.resolve(name + "-" + number);
        }
        Files.move(store, aside, StandardCopyOption.ATOMIC_MOVE);
        force(trash);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var target = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectory(target);
                } else {
                    Files.copy(file, target);
                    force(target);
                }
            }
        }
        try (var folders = Files.walk(to)) {
            for (var folder : folders.filter(Files::isDirectory).toList()) {
                force(folder);
            }
        }
    }

    private static void force(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
