package org.openclaw.store.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final Options SMALL = new Options(4096, 2, 8, 2, 1, 1);
    private static final int RUNS = 3000;

    private final SplittableRandom random = new SplittableRandom(42);
    private final SimulatedDisk disk = new SimulatedDisk(random);

    private static ByteBuffer frame(String text) {
        return frame(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ByteBuffer frame(byte[] payload) {
        return ByteBuffer.allocate(Frame.HEADER + payload.length)
                .put(Frame.HEADER, payload)
                .position(0);
    }

    private static String text(ByteBuffer payload) {
        return StandardCharsets.UTF_8.decode(payload).toString();
    }

    private Journal open(List<String> found) throws IOException {
        return Journal.open(disk, SMALL, random::nextLong, 1, (number, _, payload) -> {
            assertThat(number).isEqualTo(found.size() + 1L);
            found.add(text(payload));
        });
    }

    /** As the store does it. */
    private static long append(Journal journal, ByteBuffer frame) throws IOException {
        while (!journal.hasRoomFor(frame.limit() - Frame.HEADER)) {
            if (!journal.isPrepared()) {
                journal.prepare();
            }
            journal.begin();
        }
        return journal.append(frame);
    }

    private static String read(Journal journal, long place, int length) throws IOException {
        var segment = Objects.requireNonNull(journal.enter(place));
        var into = ByteBuffer.allocate(length);
        segment.read(Place.position(place), into);
        segment.leave();
        return text(into.flip());
    }

    private Journal filled(int frames) throws IOException {
        var journal = open(new ArrayList<>());
        for (int number = 1; number <= frames; number++) {
            append(journal, frame("frame " + number + " " + "x".repeat(200)));
        }
        return journal;
    }

    @Test
    void handsOutWhatWasAppendedAfterItIsOpenedAgain() throws IOException {
        var journal = open(new ArrayList<>());
        append(journal, frame("one"));
        append(journal, frame("two"));
        journal.close();
        var found = new ArrayList<String>();
        try (var again = open(found)) {
            again.append(frame("three"));
        }

        assertThat(found).containsExactly("one", "two");
    }

    @Test
    void readsAFrameWhereItWasPut() throws IOException {
        try (var journal = filled(50)) {
            var place = append(journal, frame("here"));

            assertThat(read(journal, place, 4)).isEqualTo("here");
        }
    }

    @Test
    void usesTheFilesOfSegmentsAgainThatAreLetGoOf() throws IOException {
        try (var journal = filled(40)) {
            journal.release(journal.last());
            int before = disk.names().size();
            for (int number = 0; number < 30; number++) {
                append(journal, frame("y".repeat(200)));
                journal.release(journal.last());
            }

            assertThat(disk.names()).hasSizeLessThanOrEqualTo(before);
        }
    }

    @Test
    void saysThatAPlaceHasBeenLetGoOf() throws IOException {
        try (var journal = filled(1)) {
            var place = append(journal, frame("gone"));
            for (int number = 0; number < 40; number++) {
                append(journal, frame("z".repeat(200)));
            }
            journal.release(journal.last());

            assertThat(journal.enter(place)).isNull();
        }
    }

    @Test
    void namesFileAndOffsetOfADamagedFrame() throws IOException {
        filled(10).close();
        disk.damage("0000000000000001.segment", SegmentHeader.SIZE + 2 * Frame.size(208) + 40);

        assertThatThrownBy(() -> open(new ArrayList<>()))
                .hasMessageContaining("0000000000000001.segment is damaged at offset 528: frame 3 is not readable");
    }

    @Test
    void noticesDamageToTheLastFrameOfASegment() throws IOException {
        filled(40).close();
        disk.damage("0000000000000001.segment", 4096 - 230);

        assertThatThrownBy(() -> open(new ArrayList<>())).hasMessageContaining("0000000000000001.segment is damaged");
    }

    @Test
    void noticesADamagedHeader() throws IOException {
        filled(40).close();
        disk.damage("0000000000000002.segment", 20);

        assertThatThrownBy(() -> open(new ArrayList<>()))
                .hasMessageContaining("0000000000000002.segment is damaged at offset 0");
    }

    @Test
    void noticesADamagedHeaderOfTheNewestSegment() throws IOException {
        filled(3).close();
        disk.damage("0000000000000001.segment", 20);

        assertThatThrownBy(() -> open(new ArrayList<>()))
                .hasMessageContaining("0000000000000001.segment is damaged at offset 0");
    }

    @Test
    void noticesAMissingSegment() throws IOException {
        filled(60).close();
        disk.delete("0000000000000002.segment");

        assertThatThrownBy(() -> open(new ArrayList<>()))
                .hasMessageContaining("0000000000000003.segment begins with frame")
                .hasMessageContaining("A segment before it is missing");
    }

    @Test
    void takesNoFrameWithinAPayloadForOne() throws IOException {
        var forged = frame("forged");
        Frame.seal(forged, 4711, 99);
        filled(1).close();
        try (var journal = open(new ArrayList<>())) {
            var payload = new byte[forged.capacity()];
            forged.get(0, payload);
            append(journal, frame(payload));
        }
        disk.damage("0000000000000001.segment", SegmentHeader.SIZE + Frame.size(208) + 8);
        var found = new ArrayList<String>();
        open(found).close();

        assertThat(found).hasSize(1);
    }

    @Test
    void refusesEverythingAfterAFailedForce() throws IOException {
        try (var journal = filled(3)) {
            disk.failAfter(1);
            assertThatThrownBy(() -> append(journal, frame("lost")))
                    .hasMessageContaining("A write to the journal has failed");
            disk.failAfter(Long.MAX_VALUE);

            assertThatThrownBy(() -> append(journal, frame("more")))
                    .hasMessageContaining("known again only after a restart");
        }
    }

    @Test
    void leavesASegmentAloneAsLongAsSomebodyReadsIt() throws IOException {
        try (var journal = filled(1)) {
            var place = append(journal, frame("here"));
            var segment = Objects.requireNonNull(journal.enter(place));
            for (int number = 0; number < 40; number++) {
                append(journal, frame("z".repeat(200)));
            }
            journal.release(journal.last());
            append(journal, frame("z".repeat(3000)));
            append(journal, frame("z".repeat(3000)));
            var into = ByteBuffer.allocate(4);
            segment.read(Place.position(place), into);
            assertThat(text(into.flip())).isEqualTo("here");

            segment.leave();
            assertThat(journal.hasReleasable(0)).isTrue();
            journal.release(0);
            assertThat(disk.names()).doesNotContain(segment.name());
        }
    }

    @Test
    void refusesANewerFormat() throws IOException {
        filled(1).close();
        try (var file = disk.open("0000000000000001.segment")) {
            var bytes = new SegmentHeader(1, 1, 7).bytes();
            bytes.putInt(8, 2);
            var crc = new java.util.zip.CRC32C();
            crc.update(bytes.slice(8, 4));
            crc.update(bytes.slice(16, 24));
            file.write(0, bytes.putInt(12, (int) crc.getValue()).position(0));
        }

        assertThatThrownBy(() -> open(new ArrayList<>())).hasMessageContaining("version 2 of the journal's format");
    }

    @Test
    void worksOnARealFolder(@TempDir Path folder) throws IOException {
        var local = new LocalDisk(folder);
        try (var journal = Journal.open(local, SMALL, random::nextLong, 1, (_, _, _) -> {})) {
            for (int number = 0; number < 100; number++) {
                append(journal, frame("number " + number));
            }
        }
        var found = new ArrayList<String>();
        Journal.open(local, SMALL, random::nextLong, 1, (_, _, payload) -> found.add(text(payload)))
                .close();

        assertThat(found).hasSize(100).contains("number 0", "number 99");
    }

    /** Whatever the disk does when the power fails at any moment: what was acknowledged is there, in order, and nothing else. */
    @Test
    void keepsWhatItAcknowledgedWheneverThePowerFails() throws IOException {
        for (int run = 0; run < RUNS; run++) {
            survives(run);
        }
    }

    private static void survives(long seed) throws IOException {
        var random = new SplittableRandom(seed);
        var disk = new SimulatedDisk(random);
        var acknowledged = new TreeMap<Long, String>();
        var pending = new TreeMap<Long, String>();
        long needed = 1;
        for (int life = 0; life < 6; life++) {
            var found = new TreeMap<Long, String>();
            long from = needed;
            disk.failAfter(random.nextInt(life == 0 ? 60 : 200));
            try (var journal = Journal.open(
                    disk, SMALL, random::nextLong, from, (number, _, payload) -> found.put(number, text(payload)))) {
                if (!found.equals(acknowledged)) {
                    pending.keySet().retainAll(found.keySet());
                    acknowledged.putAll(pending);
                }
                assertThat(found).as("seed %d, life %d", seed, life).isEqualTo(acknowledged);
                pending.clear();
                while (true) {
                    var text = "%d-%d-%s".formatted(life, journal.last() + 1, "x".repeat(random.nextInt(900)));
                    pending.put(journal.last() + 1, text);
                    append(journal, frame(text));
                    acknowledged.putAll(pending);
                    pending.clear();
                    if (random.nextInt(12) == 0) {
                        needed = random.nextLong(needed, journal.last() + 1);
                        acknowledged.headMap(needed).clear();
                        journal.release(needed - 1);
                    }
                    if (random.nextInt(8) == 0 && !journal.isPrepared()) {
                        journal.prepare();
                    }
                }
            } catch (IOException failed) {
                assertThat(disk.hasFailed())
                        .as("seed %d, life %d: %s", seed, life, failed)
                        .isTrue();
            }
            disk.crash();
        }
        var found = new TreeMap<Long, String>();
        Journal.open(disk, SMALL, random::nextLong, needed, (number, _, payload) -> found.put(number, text(payload)))
                .close();
        pending.keySet().retainAll(found.keySet());
        acknowledged.putAll(pending);
        assertThat(found).as("seed %d", seed).isEqualTo(acknowledged);
    }
}
