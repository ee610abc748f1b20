package org.openclaw.store.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.openclaw.store.TurnStore;
import org.openclaw.telemetry.Events;
import org.openclaw.telemetry.Notice;
import org.openclaw.telemetry.Severity;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store of the node as a service, in the folder {@code journal} of the framework property {@code openclaw.data}. When it
 * cannot be opened there is no service, and one line in the log says why; so it is registered by hand, and its capability is
 * declared by hand, too.
 */
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"org.openclaw.store.TurnStore\"",
        effective = "active")
@Component(
        immediate = true,
        service = {},
        configurationPid = "org.openclaw.store.journal")
@Designate(ocd = NodeStore.Settings.class)
public final class NodeStore {
    private static final Logger LOG = LoggerFactory.getLogger(NodeStore.class);

    private final FutureTask<Optional<Offer>> opened;

    private record Offer(TurnStore store, ServiceRegistration<TurnStore> registration) {}

    /** How the store is kept; 0 is what suits the machine. */
    @ObjectClassDefinition(name = "OpenClaw store: journal")
    public @interface Settings {
        /** Of a segment. */
        @AttributeDefinition(
                description =
                        "The length of a segment in bytes, a multiple of 8 from 4096 to 1073741824; 0: 64 MiB, or 16 MiB"
                                + " below 512 MiB of heap. A commit fits into one.")
        long segmentBytes() default 0;

        /** For a checkpoint. */
        @AttributeDefinition(
                description = "After so many segments a checkpoint is written; 0: 4, or 2 on a small machine.")
        int segmentsPerCheckpoint() default 0;

        /** After which commits wait. */
        @AttributeDefinition(
                description =
                        "As long as so many segments are needed, commits wait for the checkpoint; 0: 8, or 6 on a small"
                                + " machine.")
        int mostSegments() default 0;

        /** For later segments. */
        @AttributeDefinition(
                description =
                        "How many files of segments are kept for later ones, besides; 0: 4, or 1 on a small machine.")
        int spares() default 0;

        /** For reading. */
        @AttributeDefinition(
                description =
                        "Bytes outside the heap for reading from checkpoints; 0: 128 MiB, or 32 MiB on a small machine.")
        long cacheBytes() default 0;

        /** For writing. */
        @AttributeDefinition(
                description =
                        "Bytes outside the heap for writing to checkpoints; 0: 64 MiB, or 16 MiB on a small machine.")
        long bufferBytes() default 0;
    }

    /** Called by Declarative Services: opens the store beside the start of the others, on a thread of its own. */
    @Activate
    public NodeStore(BundleContext context, Settings settings) {
        this(context, settings, InstantSource.system(), NodeStore::inBackground);
    }

    NodeStore(BundleContext context, Settings settings, InstantSource clock, Executor opener) {
        opened = new FutureTask<>(() -> offer(context, settings, clock));
        opener.execute(opened);
    }

    private static void inBackground(Runnable opening) {
        Thread.ofPlatform()
                .name("openclaw-store-opening")
                .inheritInheritableThreadLocals(false)
                .start(opening);
    }

    private static Optional<Offer> offer(BundleContext context, Settings settings, InstantSource clock) {
        var store = open(context, settings, clock);
        return store == null
                ? Optional.empty()
                : Optional.of(new Offer(
                        store,
                        context.registerService(
                                TurnStore.class, store, FrameworkUtil.asDictionary(Map.of("store.kind", "journal")))));
    }

    private static @Nullable TurnStore open(BundleContext context, Settings settings, InstantSource clock) {
        try {
            return JournalTurnStore.open(data(context).resolve("journal"), options(settings, Options.ofThisMachine()));
        } catch (IOException | RuntimeException | LinkageError failed) { // also of a native library
            LOG.error("The store of this node cannot be opened, so no message is taken: {}", failed.getMessage());
            tell(
                    context,
                    new Notice(
                            clock.instant(),
                            "store.unavailable",
                            "journal",
                            Severity.ERROR,
                            "The store of this node cannot be opened: " + failed.getMessage()));
            return null;
        }
    }

    /** Where the node keeps what it must not lose. */
    static Path data(BundleContext context) {
        var data = context.getProperty("openclaw.data");
        if (data == null || data.isBlank()) {
            throw new IllegalStateException(
                    "framework property openclaw.data: not set (expected: the absolute path of a folder, set by the launcher)");
        }
        return Path.of(data);
    }

    static Options options(Settings settings, Options usual) {
        return new Options(
                settings.segmentBytes() == 0 ? usual.segmentBytes() : settings.segmentBytes(),
                settings.segmentsPerCheckpoint() == 0
                        ? usual.segmentsPerCheckpoint()
                        : settings.segmentsPerCheckpoint(),
                settings.mostSegments() == 0 ? usual.mostSegments() : settings.mostSegments(),
                settings.spares() == 0 ? usual.spares() : settings.spares(),
                settings.cacheBytes() == 0 ? usual.cacheBytes() : settings.cacheBytes(),
                settings.bufferBytes() == 0 ? usual.bufferBytes() : settings.bufferBytes());
    }

    private static void tell(BundleContext context, Notice notice) {
        var reference = context.getServiceReference(Events.class);
        if (reference == null) {
            return;
        }
        var events = context.getService(reference);
        if (events != null) {
            events.publish(notice);
            context.ungetService(reference);
        }
    }

    /** Called by Declarative Services: first nobody finds it any more, then it is closed. */
    @Deactivate
    public void close() throws IOException {
        try {
            var offer = opened.get();
            if (offer.isPresent()) {
                offer.get().registration().unregister();
                offer.get().store().close();
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("the store could not be offered", failed);
        }
    }
}
