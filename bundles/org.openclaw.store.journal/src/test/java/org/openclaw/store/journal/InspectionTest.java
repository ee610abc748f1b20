package org.openclaw.store.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.message.Address;
import org.openclaw.message.Tenant;
import org.openclaw.store.AgentName;
import org.openclaw.store.Change;
import org.openclaw.store.Key;

class InspectionTest {
    private static final Options SMALL = new Options(4096, 2, 8, 0, 1, 1);
    private static final String FIRST = "0000000000000001.segment";
    private static final String SECOND = "0000000000000002.segment";
    /** Of one frame of {@link #put}. */
    private static final long FRAME = Frame.size(22 + 300);

    @TempDir
    private Path folder;

    private final List<Map<String, Object>> frames = new ArrayList<>();

    private static List<Change> put(long agent) {
        return List.of(new Change.Put(Key.agent(agent), new byte[300]));
    }

    /** 11 frames in a segment, and 4 in the next. */
    @BeforeEach
    void fill() throws IOException {
        Folder.writeVersion(folder);
        try (var journal = Journal.open(new LocalDisk(folder), SMALL, () -> 4711, 1, (_, _, _) -> {})) {
            for (int agent = 1; agent <= 14; agent++) {
                append(journal, put(agent));
            }
            append(
                    journal,
                    List.of(
                            new Change.Name(new AgentName(Tenant.DEFAULT, new Address("errand", "milk")), 9),
                            new Change.Remove(Key.inbox(9, 4))));
        }
    }

    private static void append(Journal journal, List<Change> changes) throws IOException {
        long size = Payload.size(changes);
        if (!journal.hasRoomFor(size)) {
            journal.prepare();
            journal.begin();
        }
        var frame = ByteBuffer.allocate(Frame.HEADER + (int) size).position(Frame.HEADER);
        Payload.write(changes, frame);
        journal.append(frame.flip());
    }

    private Map<String, Object> inspect() throws IOException {
        return Inspection.of(folder, true, frames::add);
    }

    private void damage(String name, long offset) throws IOException {
        try (var channel = FileChannel.open(folder.resolve(name), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var one = ByteBuffer.allocate(1);
            channel.read(one, offset);
            one.put(0, (byte) ~one.get(0));
            channel.write(one.rewind(), offset);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> maps(@Nullable Object list) {
        return Objects.requireNonNull((List<Map<String, Object>>) list);
    }

    @Test
    void saysWhichFramesAreInWhichSegment() throws IOException {
        var found = inspect();

        assertThat(maps(found.get("segments")))
                .extracting("file", "first", "last", "used", "size")
                .containsExactly(
                        tuple(FIRST, 1L, 11L, 64 + 11 * FRAME, 4096L),
                        tuple(SECOND, 12L, 15L, 64 + 3 * FRAME + 72, 4096L));
        assertThat(found).containsEntry("damage", List.of()).doesNotContainKey("torn");
    }

    @Test
    void showsTheChangesOfEachFrame() throws IOException {
        inspect();

        assertThat(frames).hasSize(15);
        assertThat(frames.getFirst()).contains(entry("frame", 1L), entry("offset", 64L), entry("size", FRAME));
        assertThat(maps(frames.getFirst().get("changes")))
                .singleElement()
                .satisfies(put -> assertThat(put)
                        .contains(
                                entry("change", "put"), entry("kind", "AGENT"), entry("first", 1L), entry("size", 300))
                        .containsKey("value"));
        assertThat(maps(frames.getLast().get("changes")))
                .containsExactly(
                        Map.of("change", "name", "name", "default/errand/milk", "agent", 9L),
                        Map.of("change", "remove", "kind", "INBOX", "first", 9L, "second", 4L));
    }

    @Test
    void namesFileAndOffsetOfADamagedFrameAndReadsTheLaterSegments() throws IOException {
        damage(FIRST, 64 + 2 * FRAME + 40);
        var found = inspect();

        assertThat(maps(found.get("damage")))
                .singleElement()
                .satisfies(record -> assertThat(record)
                        .containsEntry("file", FIRST)
                        .containsEntry("offset", 64 + 2 * FRAME)
                        .containsEntry("reason", "frame 3 is not readable, and " + SECOND + " follows with frame 12"));
        assertThat(frames).extracting(frame -> frame.get("frame")).containsExactly(1L, 2L, 12L, 13L, 14L, 15L);
    }

    @Test
    void namesADamagedFrameBeforeTheLastOne() throws IOException {
        damage(SECOND, 64 + FRAME + 40);

        assertThat(maps(inspect().get("damage")))
                .singleElement()
                .satisfies(record ->
                        assertThat(record).containsEntry("file", SECOND).containsEntry("offset", 64 + FRAME));
    }

    @Test
    void callsAnUnfinishedLastFrameTornAndNotDamaged() throws IOException {
        damage(SECOND, 64 + 3 * FRAME + 40);
        var found = inspect();

        assertThat(found).containsEntry("damage", List.of());
        assertThat(found.get("torn"))
                .isEqualTo(Map.of("file", SECOND, "offset", 64 + 3 * FRAME, "reason", "frame 15 was not finished"));
    }

    @Test
    void namesADamagedHeader() throws IOException {
        damage(FIRST, 20);

        assertThat(maps(inspect().get("damage")))
                .singleElement()
                .satisfies(record ->
                        assertThat(record).containsEntry("file", FIRST).containsEntry("offset", 0L));
    }

    @Test
    void noticesAMissingSegment() throws IOException {
        try (var journal = Journal.open(new LocalDisk(folder), SMALL, () -> 4711, 1, (_, _, _) -> {})) {
            for (int agent = 16; agent <= 26; agent++) {
                append(journal, put(agent));
            }
        }
        Files.delete(folder.resolve(SECOND));

        assertThat(maps(inspect().get("damage")))
                .singleElement()
                .satisfies(record -> assertThat(record)
                        .containsEntry("file", "0000000000000003.segment")
                        .hasEntrySatisfying(
                                "reason",
                                reason -> assertThat(String.valueOf(reason))
                                        .contains("(expected: 12); a segment before it is missing")));
    }

    @Test
    void changesNothing() throws IOException {
        damage(SECOND, 64 + 3 * FRAME + 40);
        var before = content();
        inspect();

        assertThat(content()).isEqualTo(before);
    }

    private Map<Path, ByteBuffer> content() throws IOException {
        var content = new HashMap<Path, ByteBuffer>();
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                content.put(file, ByteBuffer.wrap(Files.readAllBytes(file)));
            }
        }
        return content;
    }

    @Test
    void refusesAFolderOfANewerRelease() throws IOException {
        Files.writeString(folder.resolve("version"), "openclaw-journal 9\n");

        assertThatThrownBy(this::inspect).hasMessageContaining("written by a newer release");
    }

    @Test
    void saysThatThereIsNoFolder() {
        folder = folder.resolve("nowhere");

        assertThatThrownBy(this::inspect).isInstanceOf(NoSuchFileException.class);
    }
}
