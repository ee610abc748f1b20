package org.openclaw.deploy.trust;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What honest tools write is read as it was written; the dishonest cases are in {@link ZipAttacks}. */
class StrictZipTest {
    private static final ZipLimits SMALL = new ZipLimits(3, 100, 150, 10, 40);

    @Test
    void readsWhatTheJdkWritesWithDataDescriptors() throws Exception {
        var files = Map.of("a.txt", text(10), "b/c.bin", noise(200_000), "empty", new byte[0]);
        assertThat(read(ByteBuffer.wrap(deflated(files)))).containsExactlyInAnyOrderEntriesOf(texts(files));
    }

    @Test
    void readsStoredEntries() throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            var entry = new ZipEntry("stored");
            var crc = new CRC32();
            crc.update(text(50));
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(50);
            entry.setCrc(crc.getValue());
            zip.putNextEntry(entry);
            zip.write(text(50));
        }
        assertThat(read(ByteBuffer.wrap(bytes.toByteArray()))).containsExactly(Map.entry("stored", string(text(50))));
    }

    @Test
    void readsUnicodeNames() throws Exception {
        var files = Map.of("größe/日本.txt", text(3));
        assertThat(read(ByteBuffer.wrap(deflated(files)))).containsExactlyEntriesOf(texts(files));
    }

    @Test
    void readsAMappedFileFromItsPosition(@TempDir Path folder) throws Exception {
        var files = Map.of("a.txt", text(5000));
        var file = Files.write(folder.resolve("a.zip"), deflated(files));
        try (var channel = FileChannel.open(file)) {
            var mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            assertThat(read(mapped)).containsExactlyEntriesOf(texts(files));
            assertThat(mapped.position()).isZero();
        }
    }

    @Test
    void digestsEachEntryByEveryAlgorithmAskedFor() throws Exception {
        var content = noise(300_000);
        var zip = StrictZip.parse(ByteBuffer.wrap(deflated(Map.of("x", content))), ZipLimits.bundle());
        var digests = List.of(MessageDigest.getInstance("SHA-256"), MessageDigest.getInstance("SHA-512"));
        try (var reader = new EntryReader(zip)) {
            reader.digest(zip.entries().getFirst(), digests);
        }
        assertThat(digests.getFirst().digest())
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest(content));
        assertThat(digests.getLast().digest())
                .isEqualTo(MessageDigest.getInstance("SHA-512").digest(content));
    }

    @Test
    void refusesMoreEntriesThanTheLimit() throws Exception {
        var files = new LinkedHashMap<String, byte[]>();
        for (var name : List.of("a", "b", "c", "d")) {
            files.put(name, text(1));
        }
        refuses(deflated(files), "zip.limit");
    }

    @Test
    void refusesAnEntryBeyondTheLimit() throws Exception {
        refuses(deflated(Map.of("a", noise(101))), "zip.limit");
    }

    @Test
    void refusesMoreInAllThanTheLimit() throws Exception {
        refuses(deflated(Map.of("a", noise(90), "b", noise(90))), "zip.limit");
    }

    @Test
    void refusesWhatInflatesBeyondMeasureBeforeInflatingIt() throws Exception {
        refuses(deflated(Map.of("a", new byte[100])), "zip.bomb");
    }

    @Test
    void refusesEveryWayToCutAFileShort() throws Exception {
        var whole = deflated(Map.of("a", text(20), "b", text(30)));
        for (var length = 0; length < whole.length; length++) {
            refuses(Arrays.copyOf(whole, length), "zip");
        }
    }

    private static void refuses(byte[] zip, String code) {
        assertThatThrownBy(() -> StrictZip.parse(ByteBuffer.wrap(zip), SMALL))
                .isInstanceOfSatisfying(
                        Rejected.class, rejected -> assertThat(rejected.code()).startsWith(code));
    }

    private static Map<String, String> read(ByteBuffer bytes) throws Exception {
        var zip = StrictZip.parse(bytes, ZipLimits.bundle());
        var files = new LinkedHashMap<String, String>();
        try (var reader = new EntryReader(zip)) {
            for (var entry : zip.entries()) {
                files.put(entry.name(), string(reader.content(entry, 1 << 20)));
            }
        }
        return files;
    }

    private static byte[] deflated(Map<String, byte[]> files) throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static Map<String, String> texts(Map<String, byte[]> files) {
        var texts = new LinkedHashMap<String, String>();
        files.forEach((name, content) -> texts.put(name, string(content)));
        return texts;
    }

    private static String string(byte[] content) {
        return new String(content, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private static byte[] text(int length) {
        return Arrays.copyOf("All work and no play. ".repeat(length / 20 + 1).getBytes(UTF_8), length);
    }

    private static byte[] noise(int length) {
        var noise = new byte[length];
        new Random(length).nextBytes(noise);
        return noise;
    }
}
