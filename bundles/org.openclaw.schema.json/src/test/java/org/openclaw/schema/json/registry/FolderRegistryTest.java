package org.openclaw.schema.json.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.schema.Schema;
import org.openclaw.schema.SchemaEntry;
import org.openclaw.schema.SchemaEntry.Kind;
import org.openclaw.schema.SchemaRegistry;
import org.openclaw.schema.SchemaRegistry.Choice;
import org.openclaw.schema.SchemaRegistry.Found;
import org.openclaw.schema.TypeSchemas;

@Timeout(60)
final class FolderRegistryTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Choice ALL = new Choice(Optional.empty(), Optional.empty());
    private static final Schema PLACED = Schema.of("order.Placed", "{\"type\":\"object\"}");
    private static final Schema STATE = Schema.of("order.state", "{\"description\":\"größer\"}");

    @TempDir
    private Path home;

    private final CountDownLatch complained = new CountDownLatch(1);
    private FolderRegistry registry;

    @BeforeEach
    void open() {
        registry = registry(NOON, 100);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private FolderRegistry registry(Instant now, int most) {
        return new FolderRegistry(
                home.resolve("schemas"), () -> now, most, Duration.ofMillis(5), (_, _) -> complained.countDown());
    }

    private void startAgain(Instant now) {
        registry.close();
        registry = registry(now, 100);
    }

    private static TypeSchemas order(Schema... messages) {
        return new TypeSchemas("order", List.of(messages), STATE, TypeSchemas.Policy.USUAL);
    }

    private Path document(Schema schema) {
        return home.resolve("schemas/documents/" + schema.digest() + ".json");
    }

    @Test
    void knowsAtOnceWhatATypeBrings() {
        registry.keep(order(PLACED), "1.0.0");

        assertThat(registry.find(PLACED.digest())).isEqualTo(new Found.Document(PLACED.digest(), PLACED.json()));
        assertThat(registry.list(ALL, Optional.empty(), 10))
                .containsExactly(
                        new SchemaEntry(PLACED.digest(), Kind.MESSAGE, "order", "order.Placed", "1.0.0", NOON, 17),
                        new SchemaEntry(STATE.digest(), Kind.STATE, "order", "order.state", "1.0.0", NOON, 26));
    }

    @Test
    void knowsItAfterARestartWithoutTheType() {
        registry.keep(order(PLACED), "1.0.0");
        var before = registry.list(ALL, Optional.empty(), 10);

        startAgain(NOON.plusSeconds(9));

        assertThat(registry.list(ALL, Optional.empty(), 10)).isEqualTo(before).hasSize(2);
        assertThat(registry.find(STATE.digest())).isEqualTo(new Found.Document(STATE.digest(), STATE.json()));
        assertThat(registry.problems()).isEmpty();
    }

    @Test
    void namesTheVersionThatBroughtASchemaFirst() {
        registry.keep(order(PLACED), "1.0.0");
        startAgain(NOON.plusSeconds(9));

        registry.keep(order(PLACED), "2.0.0");

        assertThat(registry.list(ALL, Optional.empty(), 10))
                .extracting(SchemaEntry::version)
                .containsExactly("1.0.0", "1.0.0");
    }

    @Test
    void doesNotKnowWhatNobodyBrought() {
        assertThat(registry.find("0".repeat(64))).isEqualTo(new Found.Unknown());
        assertThat(registry.find("../entries")).isEqualTo(new Found.Unknown());
    }

    @Test
    void namesADamagedDocumentAndDoesNotServeIt() throws IOException {
        registry.keep(order(PLACED), "1.0.0");
        startAgain(NOON);
        Files.writeString(document(PLACED), "{\"type\":\"string\"}");

        assertThat(registry.find(PLACED.digest()))
                .isInstanceOfSatisfying(
                        Found.Damaged.class,
                        damaged -> assertThat(damaged.text())
                                .contains(PLACED.digest(), "is not as it was written", "deploy a version"));
        assertThat(registry.problems()).hasSize(1);
    }

    @Test
    void mendsADamagedDocumentWhenItsTypeComesAgain() throws IOException {
        registry.keep(order(PLACED), "1.0.0");
        startAgain(NOON);
        Files.delete(document(PLACED));
        assertThat(registry.find(PLACED.digest())).isInstanceOf(Found.Damaged.class);

        registry.keep(order(PLACED), "1.0.0");
        startAgain(NOON);

        assertThat(registry.find(PLACED.digest())).isInstanceOf(Found.Document.class);
    }

    @Test
    void leavesOutADamagedEntryAndNamesIt() throws IOException {
        registry.keep(order(PLACED), "1.0.0");
        registry.close();
        try (var entries = Files.list(home.resolve("schemas/entries"))) {
            for (var entry : entries.toList()) {
                Files.writeString(entry, Files.readString(entry).replace("1.0.0", "9.0.0"));
            }
        }

        Files.createDirectory(home.resolve("schemas/entries/" + "a".repeat(64) + ".json"));
        Files.writeString(
                home.resolve(
                        "schemas/entries/" + Schema.of("", "{\"version\":1}").digest() + ".json"),
                "{\"version\":1}");

        startAgain(NOON);

        assertThat(registry.list(ALL, Optional.empty(), 10)).isEmpty();
        assertThat(registry.problems())
                .hasSize(4)
                .allSatisfy(text -> assertThat(text)
                        .contains("entries", "is not as it was written")
                        .doesNotContain("null"));
    }

    @Test
    void takesSchemasWhileTheDiskTakesNothingAndWritesThemLater() throws Exception {
        Files.writeString(home.resolve("schemas"), "in the way");

        registry.keep(order(PLACED), "1.0.0");

        assertThat(complained.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(registry.find(PLACED.digest())).isInstanceOf(Found.Document.class);
        assertThat(registry.problems())
                .singleElement()
                .asString()
                .contains("Schemas cannot be written", "Agents run all the same", "tried again");

        Files.delete(home.resolve("schemas"));
        while (!registry.problems().isEmpty()) {
            Thread.onSpinWait();
        }
        startAgain(NOON);
        assertThat(registry.list(ALL, Optional.empty(), 10)).hasSize(2);
    }

    @Test
    void endsAlthoughTheDiskTakesNothing() throws Exception {
        Files.writeString(home.resolve("schemas"), "in the way");
        registry.keep(order(PLACED), "1.0.0");
        assertThat(complained.await(30, TimeUnit.SECONDS)).isTrue();

        registry.close();

        assertThat(registry.problems()).hasSize(1);
    }

    @Test
    void goesOverWhatACrashLeftBehind() throws IOException {
        var folder = Files.createDirectories(home.resolve("schemas/documents"));
        Files.writeString(folder.resolve("." + PLACED.digest() + ".json.part"), "{\"ty");

        registry.keep(order(PLACED), "1.0.0");
        startAgain(NOON);

        assertThat(registry.find(PLACED.digest())).isInstanceOf(Found.Document.class);
    }

    @Test
    void doesNotKeepATextThatHasAnotherDigest() {
        registry.keep(order(new Schema("order.Placed", "0".repeat(64), "{}")), "1.0.0");

        assertThat(registry.find("0".repeat(64))).isEqualTo(new Found.Unknown());
        assertThat(registry.problems())
                .singleElement()
                .asString()
                .contains("message order.Placed of order 1.0.0", "expected: 000", "Build the bundle again");
    }

    @Test
    void doesNotKeepWhatIsTooLarge() {
        registry.keep(order(Schema.of("order.Placed", "\"" + "x".repeat(SchemaRegistry.LARGEST) + "\"")), "1.0.0");

        assertThat(registry.problems()).singleElement().asString().contains("expected: at most 1048576");
    }

    @Test
    void saysThatItIsFull() {
        registry.close();
        registry = registry(NOON, 1);

        registry.keep(order(PLACED), "1.0.0");

        assertThat(registry.list(ALL, Optional.empty(), 10)).hasSize(1);
        assertThat(registry.problems()).singleElement().asString().contains("state order.state", "there are 1 already");
    }

    @Test
    void goesThroughPagesWithoutAGap() {
        var messages = new ArrayList<Schema>();
        for (int each = 0; each < 25; each++) {
            messages.add(Schema.of("order.M" + each % 3, "{\"const\":" + each + "}"));
        }
        registry.keep(order(messages.toArray(Schema[]::new)), "1.0.0");
        registry.keep(new TypeSchemas("a", List.of(), Schema.of("a.state", "{}"), TypeSchemas.Policy.USUAL), "1");

        var all = new ArrayList<SchemaEntry>();
        var page = registry.list(ALL, Optional.empty(), 4);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = registry.list(ALL, Optional.of(registry.place(page.getLast())), 4);
        }

        assertThat(all).isEqualTo(registry.list(ALL, Optional.empty(), 100)).hasSize(27);
        assertThat(all.getFirst().agentType()).isEqualTo("a");
        assertThat(all.getLast().kind()).isEqualTo(Kind.STATE);
    }

    @Test
    void listsOnlyWhatIsAskedFor() {
        registry.keep(order(PLACED), "1.0.0");
        registry.keep(new TypeSchemas("a", List.of(), Schema.of("a.state", "{}"), TypeSchemas.Policy.USUAL), "1");

        assertThat(registry.list(new Choice(Optional.of("order"), Optional.of(Kind.STATE)), Optional.empty(), 9))
                .extracting(SchemaEntry::name)
                .containsExactly("order.state");
    }

    @Test
    void refusesAPlaceThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> registry.list(ALL, Optional.of("order\nMESSAGE"), 9))
                .withMessageContaining("no place of this list");
    }
}
