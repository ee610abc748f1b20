package org.openclaw.deploy.folder;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rings when something happens in the folder. It only saves waiting: the keeper looks every few seconds anyway. */
final class FolderWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);

    private final Path folder;
    private final Bell bell;
    private final Optional<WatchService> events;

    FolderWatch(Path folder, Bell bell) {
        this.folder = folder;
        this.bell = bell;
        this.events = open();
        events.ifPresent(watch ->
                Thread.ofPlatform().daemon().name("openclaw-deploy-watch").start(() -> run(watch)));
    }

    private Optional<WatchService> open() {
        try {
            var watch = folder.getFileSystem().newWatchService();
            folder.register(
                    watch,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
            return Optional.of(watch);
        } catch (IOException | UnsupportedOperationException failure) {
            LOG.warn(
                    "Could not watch {}: {}. Changes are found by looking every few seconds instead; "
                            + "on Linux, fs.inotify.max_user_instances may be too low.",
                    folder,
                    failure.toString());
            return Optional.empty();
        }
    }

    private void run(WatchService watch) {
        try {
            while (true) {
                var key = watch.take();
                key.pollEvents(); // what happened does not matter, overflows included: the keeper compares stamps
                bell.ring(Bell.Cause.FOLDER);
                if (!key.reset()) {
                    LOG.warn("{} can no longer be watched; it is looked at every few seconds instead.", folder);
                    return;
                }
            }
        } catch (ClosedWatchServiceException | InterruptedException closed) {
            LOG.debug("The watch on {} has ended", folder);
        }
    }

    @Override
    public void close() {
        events.ifPresent(watch -> {
            try {
                watch.close();
            } catch (IOException failure) {
                LOG.debug("The watch on {} did not close cleanly", folder, failure);
            }
        });
    }
}
