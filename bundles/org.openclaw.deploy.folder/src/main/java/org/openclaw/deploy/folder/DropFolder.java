package org.openclaw.deploy.folder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.openclaw.deploy.DeployedFile;
import org.openclaw.deploy.Deployment;
import org.openclaw.deploy.Deployments;
import org.openclaw.deploy.Gate;
import org.openclaw.deploy.Pinning;
import org.openclaw.schema.Schemas;
import org.openclaw.telemetry.Events;
import org.openclaw.telemetry.RuntimeEvent;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The drop folder. Its place is said by the framework properties {@code openclaw.deploy} and {@code openclaw.data}. */
@Component(service = Deployments.class, configurationPid = "org.openclaw.deploy.folder")
@Designate(ocd = DropFolder.Settings.class)
public final class DropFolder implements Deployments {
    private static final Logger LOG = LoggerFactory.getLogger(DropFolder.class);

    private final Board board = new Board(new Herald(this::publish));
    private final Uploads uploads;
    private final PinChanges pinChanges;
    private final Keeper keeper;
    private final FolderWatch watch;
    private final AutoCloseable policy;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Events events;

    /** The bounds of the folder. */
    @ObjectClassDefinition(name = "OpenClaw drop folder")
    public @interface Settings {
        /** Most files. */
        @AttributeDefinition(name = "Files", description = "How many jars the folder may have.", min = "1")
        int files() default 1000;

        /** Most bytes of one uploaded jar. */
        @AttributeDefinition(name = "Bytes", description = "How large an uploaded jar may be, in bytes.", min = "1024")
        long bytes() default 256L << 20;

        /** How long a started bundle may take until its agents are there. */
        @AttributeDefinition(
                name = "Agent patience",
                description = "How long the agents that a bundle declares may take to come, in milliseconds.",
                min = "1")
        long patience() default 5000;

        /** The time between two looks without any event. */
        @AttributeDefinition(
                name = "Poll",
                description = "How often the folder is looked at although nothing is reported, in milliseconds.",
                min = "100")
        long poll() default 2000;

        /** How many removed files are kept. */
        @AttributeDefinition(name = "Trash", description = "How many removed files data/trash keeps.", min = "0")
        int trash() default 20;
    }

    /** Validated settings. */
    record Bounds(int files, long bytes, Duration patience, Duration poll, int trash) {
        Bounds {
            require("files", files, 1);
            require("bytes", bytes, 1024);
            require("patience", patience.toMillis(), 1);
            require("poll", poll.toMillis(), 100);
            require("trash", trash, 0);
        }

        static Bounds of(Settings settings) {
            return new Bounds(
                    settings.files(),
                    settings.bytes(),
                    Duration.ofMillis(settings.patience()),
                    Duration.ofMillis(settings.poll()),
                    settings.trash());
        }

        private static void require(String name, long value, long least) {
            if (value < least) {
                throw new IllegalArgumentException(
                        "%s: %d (expected: at least %d; setting of org.openclaw.deploy.folder)"
                                .formatted(name, value, least));
            }
        }
    }

    /** Called by Declarative Services. */
    @Activate
    public DropFolder(
            BundleContext context,
            @Reference Gate gate,
            @Reference ServiceComponentRuntime components,
            @Reference Schemas schemas,
            Settings settings)
            throws IOException {
        this(
                context,
                gate,
                Components.of(components),
                schemas,
                Bounds.of(settings),
                folder(context, "openclaw.deploy"),
                folder(context, "openclaw.data"),
                Time.system());
    }

    DropFolder(
            BundleContext context,
            Gate gate,
            Components components,
            Schemas schemas,
            Bounds bounds,
            Path folder,
            Path data,
            Time time)
            throws IOException {
        Files.createDirectories(folder);
        Files.createDirectories(data);
        var bell = new Bell();
        var expectations = new Expectations();
        uploads = new Uploads(folder, data.resolve("trash"), bounds.trash(), bounds.bytes(), expectations, bell, time);
        uploads.open();
        var pins = new Pins(folder.resolve(PinFile.NAME), data.resolve(PinFile.NAME), time);
        pinChanges = new PinChanges(pins, board, expectations, bell);
        keeper = new Keeper(
                gate,
                new Arrivals(folder, gate, bounds.files(), time),
                new Residents(context, gate, components, bounds.patience(), bell, time),
                LastServed.ofFiles(data.resolve("deployments.json")),
                LastServed.ofBundles(data.resolve("pinned.json")),
                pins,
                new SchemaRule(gate, schemas),
                expectations,
                board,
                bell,
                bounds.poll(),
                time);
        // The ears first: what changes while the first look is under way rings for another one.
        watch = new FolderWatch(folder, bell);
        policy = gate.onPolicyChange(() -> bell.ring(Bell.Cause.POLICY));
        keeper.open();
    }

    private static Path folder(BundleContext context, String property) {
        var value = context.getProperty(property);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException(
                    "framework property %s: not set (expected: the absolute path of a folder, set by the launcher)"
                            .formatted(property));
        }
        return Path.of(value);
    }

    private void publish(RuntimeEvent event) {
        Optional.ofNullable(events).ifPresent(taker -> taker.publish(event));
    }

    @Override
    public List<DeployedFile> files() {
        return board.all();
    }

    @Override
    public Optional<DeployedFile> file(String fileName) {
        return board.row(fileName);
    }

    @Override
    public CompletionStage<DeployedFile> deploy(String fileName, InputStream jar) throws IOException {
        return uploads.deploy(fileName, jar);
    }

    @Override
    public CompletionStage<Boolean> undeploy(String fileName) throws IOException {
        return uploads.undeploy(fileName);
    }

    @Override
    public List<Deployment> deployments() {
        return board.deployments();
    }

    @Override
    public Optional<Deployment> deployment(String name) {
        return board.deployment(name);
    }

    @Override
    public CompletionStage<Pinning> pin(String name, Version version) throws IOException {
        return pinChanges.pin(name, version);
    }

    @Override
    public CompletionStage<Pinning> unpin(String name) throws IOException {
        return pinChanges.unpin(name);
    }

    /** Ends watching; what serves goes on serving until the framework stops it. */
    @Deactivate
    public void close() {
        watch.close();
        try {
            policy.close();
        } catch (Exception failure) {
            LOG.warn("The gate did not let go of the listener: {}", failure.toString());
        }
        keeper.close();
    }
}
