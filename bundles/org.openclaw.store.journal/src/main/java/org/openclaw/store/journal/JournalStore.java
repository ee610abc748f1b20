package org.openclaw.store.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openclaw.store.TurnStore;
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
 * Opens the node's store in {@code journal} under the folder that the framework property {@code openclaw.data} names, and offers
 * it as a service; registered by hand, since a store that cannot be opened must be told of in one sentence, and no more.
 */
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"org.openclaw.store.TurnStore\"",
        effective = "active")
@Component(
        immediate = true,
        service = {},
        configurationPid = "org.openclaw.store.journal")
@Designate(ocd = JournalStore.Config.class)
public final class JournalStore {
    private static final Logger LOG = LoggerFactory.getLogger(JournalStore.class);

    private final @Nullable TurnStore store;
    private final @Nullable ServiceRegistration<TurnStore> registration;

    /** The settings. Sizes are in bytes; 0 leaves them to the machine: less below a heap of 512 MiB. */
    @ObjectClassDefinition(
            name = "OpenClaw journal",
            description = "Where everything is written before it is acknowledged")
    public @interface Config {
        @AttributeDefinition(
                name = "Segment, bytes",
                description = "The length of one file of the journal; a commit fits into one; 0: by the machine",
                min = "0")
        long segment_bytes() default 0;

        @AttributeDefinition(
                name = "Segments per checkpoint",
                description =
                        "After so many segments what has changed moves to the checkpoint store; 0: by the machine",
                min = "0")
        int segments_per_checkpoint() default 0;

        @AttributeDefinition(
                name = "Most segments",
                description = "When so many are needed, commits wait for the checkpoint; 0: by the machine",
                min = "0")
        int most_segments() default 0;

        @AttributeDefinition(
                name = "Cache, bytes",
                description = "Memory outside the heap for reading from the checkpoint store; 0: by the machine",
                min = "0")
        long cache_bytes() default 0;
    }

    @Activate
    public JournalStore(BundleContext context, Config config) {
        var data = context.getProperty("openclaw.data");
        var folder = Path.of(data == null ? "data" : data).resolve("journal");
        store = open(folder, options(config));
        registration = store == null
                ? null
                : context.registerService(
                        TurnStore.class, store, FrameworkUtil.asDictionary(Map.of("store.kind", "journal")));
    }

    private static @Nullable TurnStore open(Path folder, Options options) {
        try {
            return JournalTurnStore.open(folder, options);
        } catch (IOException | RuntimeException failed) {
            LOG.error(
                    "The journal in {} cannot be opened, so this node does not become ready: {}",
                    folder,
                    failed.getMessage(),
                    failed);
            return null;
        }
    }

    /** @throws IllegalArgumentException naming the setting that is out of its bounds */
    static Options options(Config config) {
        var usual = Options.ofThisMachine();
        return new Options(
                config.segment_bytes() == 0 ? usual.segmentBytes() : config.segment_bytes(),
                config.segments_per_checkpoint() == 0
                        ? usual.segmentsPerCheckpoint()
                        : config.segments_per_checkpoint(),
                config.most_segments() == 0 ? usual.mostSegments() : config.most_segments(),
                usual.spares(),
                config.cache_bytes() == 0 ? usual.cacheBytes() : config.cache_bytes(),
                usual.bufferBytes());
    }

    /** Lets go of the store, after all who use it. */
    @Deactivate
    void close() throws IOException {
        if (registration != null) {
            registration.unregister();
        }
        if (store != null) {
            store.close();
        }
    }
}
