package org.openclaw.store.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.openclaw.store.Checkpoint;
import org.openclaw.store.Checkpoints;
import org.openclaw.store.TurnStore;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checkpoints of the node's store, whichever that is, as folders in {@code checkpoints} of the framework property
 * {@code openclaw.data}. A folder has the name of its checkpoint only while it is whole: it gets it by a rename at the end, and
 * loses it by one before it is removed.
 */
@Component(configurationPid = "org.openclaw.store.checkpoints")
@Designate(ocd = NodeCheckpoints.Settings.class)
public final class NodeCheckpoints implements Checkpoints {
    private static final Logger LOG = LoggerFactory.getLogger(NodeCheckpoints.class);
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssX").withZone(ZoneOffset.UTC);
    private static final int MOST = 1000;
    private static final Comparator<Checkpoint> BY_AGE = Comparator.comparing(Checkpoint::at)
            .thenComparingInt(checkpoint -> checkpoint.name().length())
            .thenComparing(Checkpoint::name);

    private final Path folder;
    private final TurnStore store;
    private final int keep;
    private final InstantSource clock;

    /** How many there are. */
    @ObjectClassDefinition(name = "OpenClaw store: checkpoints")
    public @interface Settings {
        /** The newest. */
        @AttributeDefinition(
                description =
                        "So many checkpoints are kept, 1 to 1000; the oldest are removed after a new one is whole.")
        int keep() default 10;
    }

    @Activate
    public NodeCheckpoints(
            BundleContext context,
            @Reference(policyOption = ReferencePolicyOption.GREEDY) TurnStore store,
            Settings settings) {
        this(NodeStore.data(context).resolve("checkpoints"), store, settings.keep(), InstantSource.system());
    }

    NodeCheckpoints(Path folder, TurnStore store, int keep, InstantSource clock) {
        if (keep < 1 || keep > MOST) {
            throw new IllegalArgumentException("keep: %d (expected: 1 to %d)".formatted(keep, MOST));
        }
        this.folder = folder;
        this.store = store;
        this.keep = keep;
        this.clock = clock;
    }

    @Override
    public synchronized Checkpoint take() throws IOException {
        Files.createDirectories(folder);
        sweep();
        var at = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var name = freeName(NAME.format(at));
        store.checkpoint(folder.resolve(name));
        var taken = checkpoint(name);
        LOG.info("The checkpoint {} is taken: {} bytes", name, taken.bytes());
        var others = new ArrayList<>(list());
        // the newest by name may be another, when the clock was set back
        others.remove(taken);
        for (int surplus = others.size() + 1 - keep; surplus > 0; surplus--) {
            var oldest = others.removeFirst();
            delete(oldest.name());
        }
        return taken;
    }

    private String freeName(String moment) {
        var name = moment;
        for (int number = 2; Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS); number++) {
            name = moment + "-" + number;
        }
        return name;
    }

    /** Removes what a crash has left of one that was being taken or removed. */
    private void sweep() throws IOException {
        try (var files = Files.newDirectoryStream(folder, "*" + FolderCopy.UNFINISHED)) {
            for (var file : files) {
                FolderCopy.delete(file);
            }
        }
    }

    @Override
    public synchronized List<Checkpoint> list() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        var found = new ArrayList<Checkpoint>();
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                if (isCheckpoint(String.valueOf(file.getFileName()))) {
                    found.add(checkpoint(String.valueOf(file.getFileName())));
                }
            }
        }
        found.sort(BY_AGE);
        return found;
    }

    private boolean isCheckpoint(String name) {
        return Checkpoint.isName(name) && Files.isDirectory(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    private Checkpoint checkpoint(String name) throws IOException {
        long bytes = 0;
        try (var files = Files.walk(folder.resolve(name))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
        }
        var moment = name.substring(0, name.indexOf('Z') + 1);
        return new Checkpoint(name, NAME.parse(moment, Instant::from), bytes);
    }

    @Override
    public synchronized boolean delete(String name) throws IOException {
        if (!isCheckpoint(name)) {
            return false;
        }
        var going = folder.resolve(name + FolderCopy.UNFINISHED);
        FolderCopy.delete(going);
        Files.move(folder.resolve(name), going, StandardCopyOption.ATOMIC_MOVE);
        LocalDisk.force(folder);
        FolderCopy.delete(going);
        LOG.info("The checkpoint {} is removed", name);
        return true;
    }
}
