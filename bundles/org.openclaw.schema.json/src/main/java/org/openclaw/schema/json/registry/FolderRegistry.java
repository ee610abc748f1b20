package org.openclaw.schema.json.registry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.openclaw.schema.Schema;
import org.openclaw.schema.SchemaEntry;
import org.openclaw.schema.SchemaEntry.Kind;
import org.openclaw.schema.SchemaRegistry;
import org.openclaw.schema.TypeSchemas;
import org.openclaw.telemetry.Events;
import org.openclaw.telemetry.Notice;
import org.openclaw.telemetry.Severity;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Keeps schemas in the folder {@code schemas} of the framework property {@code openclaw.data}.
 *
 * <p>Whoever brings a schema never waits for the disk: it is known at once, and a thread writes it. While the disk takes nothing, what
 * is not written stays in memory within a bound and is tried again; agents run meanwhile.
 */
@Component(service = SchemaRegistry.class)
public final class FolderRegistry implements SchemaRegistry {
    private static final Duration RETRY = Duration.ofSeconds(30);
    /** Of some 500 bytes of memory each: decades of releases. */
    private static final int MOST = 20_000;

    private final Shelf shelf;
    private final InstantSource clock;
    private final Catalogue catalogue;
    private final Scribe scribe;
    private final int most;
    private final Complaints complaints;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Events events;

    /** Called by Declarative Services. */
    @Activate
    public FolderRegistry(BundleContext context) {
        this.shelf = new Shelf(folder(context));
        this.clock = InstantSource.system();
        this.most = MOST;
        this.complaints = new Complaints(this::tell);
        this.catalogue = new Catalogue(contents());
        this.scribe = new Scribe(shelf, RETRY, complaints);
    }

    FolderRegistry(Path folder, InstantSource clock, int most, Duration retry, BiConsumer<Severity, String> told) {
        this.shelf = new Shelf(folder);
        this.clock = clock;
        this.most = most;
        this.complaints = new Complaints(told);
        this.catalogue = new Catalogue(contents());
        this.scribe = new Scribe(shelf, retry, complaints);
    }

    private static Path folder(BundleContext context) {
        var data = context.getProperty("openclaw.data");
        if (data == null || data.isBlank()) {
            throw new IllegalStateException(
                    "framework property openclaw.data: not set (expected: the absolute path of a folder, set by the"
                            + " launcher)");
        }
        return Path.of(data, "schemas");
    }

    private void tell(Severity severity, String text) {
        var taker = events;
        if (taker != null) {
            taker.publish(new Notice(clock.instant(), "schemas.unkept", "schemas", severity, text));
        }
    }

    /** A folder that cannot be read must not keep agents from running: what they bring is known again in a moment. */
    private List<SchemaEntry> contents() {
        try {
            var contents = shelf.contents(most);
            contents.damage().forEach(text -> complaints.say("entry " + text, text));
            return contents.entries();
        } catch (IOException unreadable) {
            complaints.say(
                    "folder",
                    "The schemas that were used earlier cannot be read: " + unreadable
                            + ". See to the folder data/schemas, and start the node again.");
            return List.of();
        }
    }

    @Override
    public void keep(TypeSchemas brought, String version) {
        brought.messages().forEach(schema -> keep(brought, Kind.MESSAGE, schema, version));
        keep(brought, Kind.STATE, brought.state(), version);
    }

    private void keep(TypeSchemas brought, Kind kind, Schema schema, String version) {
        var subject = "%s %s of %s %s"
                .formatted(kind.name().toLowerCase(Locale.ROOT), schema.name(), brought.agentType(), version);
        var digest = Schema.of(schema.name(), schema.json()).digest();
        if (!digest.equals(schema.digest())) {
            complaints.say(
                    subject,
                    "The schema of the " + subject + " is not kept: its text has the digest " + digest + " (expected: "
                            + schema.digest() + ", as its descriptor says). Build the bundle again with the annotation"
                            + " processor.");
            return;
        }
        long bytes = schema.json().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LARGEST) {
            complaints.say(
                    subject,
                    "The schema of the " + subject + " is not kept: it has " + bytes + " bytes (expected: at most "
                            + LARGEST + "). Give it smaller records.");
            return;
        }
        var entry = new SchemaEntry(digest, kind, brought.agentType(), schema.name(), version, clock.instant(), bytes);
        var known = catalogue.like(entry);
        if (known.isPresent() && shelf.has(digest) && !complaints.about(digest)) {
            return;
        }
        if (known.isEmpty() && catalogue.size() >= most) {
            complaints.say(
                    "full",
                    "The schema of the " + subject + " is not kept: there are " + most
                            + " already. Stop the node, and move data/schemas away to begin anew.");
            return;
        }
        var kept = known.orElse(entry);
        if (scribe.take(kept, schema.json())) {
            catalogue.add(kept);
        }
    }

    @Override
    public Found find(String digest) {
        var unwritten = scribe.text(digest);
        if (unwritten.isPresent()) {
            return new Found.Document(digest, unwritten.get());
        }
        if (!catalogue.has(digest)) {
            return new Found.Unknown();
        }
        var found = shelf.find(digest);
        if (found instanceof Found.Damaged damaged) {
            complaints.say(digest, damaged.text());
        } else {
            complaints.settle(digest);
        }
        return found;
    }

    @Override
    public List<SchemaEntry> list(Choice which, Optional<String> after, int limit) {
        return catalogue.list(which, after.map(Place::parse), limit);
    }

    @Override
    public String place(SchemaEntry entry) {
        return Place.of(entry).text();
    }

    @Override
    public List<String> problems() {
        return complaints.all();
    }

    /** Ends writing, in bounded time: what is not written is brought again. */
    @Deactivate
    public void close() {
        scribe.close();
    }
}
