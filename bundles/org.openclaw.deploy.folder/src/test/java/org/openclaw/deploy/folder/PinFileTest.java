package org.openclaw.deploy.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openclaw.deploy.folder.PinFile.Content;
import org.osgi.framework.Version;

final class PinFileTest {
    @TempDir
    Path folder;

    @Test
    void readsWhatItWrote() throws Exception {
        var pins = new TreeMap<>(
                Map.of("acme.bot", new Version("1.4.0"), "acme.other-bot_2", new Version("2.0.0.beta-1")));
        PinFile.write(file(), pins);
        assertThat(PinFile.read(file())).isEqualTo(new Content.Read(pins));
    }

    @Test
    void writesOnePinALineForPeopleAndDiffs() throws Exception {
        PinFile.write(file(), new TreeMap<>(Map.of("b", new Version("1.0.0"), "a", new Version("2.0.0"))));
        assertThat(file()).hasContent("{\n  \"a\": \"2.0.0\",\n  \"b\": \"1.0.0\"\n}\n");
    }

    @Test
    void readsWhatPeopleWrite() throws Exception {
        Files.writeString(file(), "\n{ \"acme.bot\" :\t\"1.4\" }\r\n\n");
        assertThat(PinFile.read(file()))
                .isEqualTo(new Content.Read(new TreeMap<>(Map.of("acme.bot", new Version("1.4.0")))));
    }

    @Test
    void isAbsentWhenThereIsNone() {
        assertThat(PinFile.read(file())).isEqualTo(new Content.Absent());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    ``                                        | line 1: it is empty
                    ` `                                       | line 1: it is no JSON object
                    []                                        | line 1: it is no JSON object
                    "acme.bot"                                | line 1: it is no JSON object
                    acme.bot: 1.4.0                           | line 1: Unrecognized token
                    {                                         | line 1: Unexpected end-of-input
                    {"acme.bot"                               | line 1: Unexpected end-of-input
                    {"acme.bot": "1.4.0"                      | line 1: Unexpected end-of-input
                    {"acme.bot": "1.4.0",}                    | line 1: Unexpected character ('}'
                    {"acme.bot": "1.4.0"} {}                  | line 1: there is something behind the object
                    {"acme.bot": "1.4.0", "acme.bot": "1.5"}  | line 1: Duplicate Object property "acme.bot"
                    {"acme.bot": 1.4}                         | line 1: what stands behind 'acme.bot' is no version in quotes
                    {"acme.bot": ["1.4.0"]}                   | line 1: what stands behind 'acme.bot' is no version in quotes
                    {"acme.bot": null}                        | line 1: what stands behind 'acme.bot' is no version in quotes
                    {"acme.bot": ""}                          | line 1: what stands behind 'acme.bot' is no version in quotes
                    {"acme.bot": " 1.4.0"}                    | line 1: what stands behind 'acme.bot' is no version in quotes
                    {"acme.bot": "latest"}                    | line 1: what stands behind 'acme.bot' is no version in quotes
                    {"acme.bot": "[1,2)"}                     | line 1: what stands behind 'acme.bot' is no version in quotes
                    {"": "1.4.0"}                             | line 1: '' is no Bundle-SymbolicName
                    {"../acme": "1.4.0"}                      | line 1: '../acme' is no Bundle-SymbolicName
                    {"acme bot": "1.4.0"}                     | line 1: 'acme bot' is no Bundle-SymbolicName
                    """)
    void saysWhereItCannotBeRead(String text, String why) throws Exception {
        Files.writeString(file(), text);
        assertThat(PinFile.read(file()))
                .isInstanceOfSatisfying(
                        Content.Malformed.class,
                        malformed -> assertThat(malformed.why()).startsWith(why).doesNotContain("Source"));
    }

    @Test
    void countsTheLines() throws Exception {
        Files.writeString(file(), "{\n  \"acme.bot\": \"1.4.0\",\n  \"acme.fox\": 2\n}\n");
        assertThat(PinFile.read(file()))
                .isEqualTo(new Content.Malformed("line 3: what stands behind 'acme.fox' is no version in quotes"));
    }

    @Test
    void everyCutOfItIsNoticed() throws Exception {
        PinFile.write(file(), new TreeMap<>(Map.of("a", new Version("1.0.0"), "b", new Version("2.0.0"))));
        var whole = Files.readString(file()).strip();
        for (var length = 0; length < whole.length(); length++) {
            Files.writeString(file(), whole.substring(0, length));
            assertThat(PinFile.read(file())).as("cut at %d", length).isInstanceOf(Content.Malformed.class);
        }
    }

    @Test
    void quotesLittleOfAHostileFile() throws Exception {
        Files.writeString(file(), "{\"" + "\\u001b".repeat(1000) + "\": 1}");
        assertThat(PinFile.read(file()))
                .isInstanceOfSatisfying(
                        Content.Malformed.class,
                        malformed ->
                                assertThat(malformed.why()).hasSizeLessThan(250).doesNotContain("\u001b"));
    }

    @Test
    void readsNoHugeFile() throws Exception {
        Files.write(file(), new byte[(1 << 20) + 1]);
        assertThat(PinFile.read(file())).isEqualTo(new Content.Malformed("it has more than 1048576 bytes"));
    }

    @Test
    void readsNoDeeplyNestedFile() throws Exception {
        Files.writeString(file(), "{\"a\":" + "[".repeat(100_000));
        assertThat(PinFile.read(file())).isInstanceOf(Content.Malformed.class);
    }

    @Test
    void readsNoFileThatIsNotUtf8() throws Exception {
        Files.write(file(), "{\"b\u00f6t\": \"1.0.0\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(PinFile.read(file())).isInstanceOf(Content.Malformed.class);
    }

    @Test
    void followsNoLink() throws Exception {
        var elsewhere = Files.writeString(folder.resolve("elsewhere.json"), "{\"a\": \"1.0.0\"}");
        Files.createSymbolicLink(file(), elsewhere);
        assertThat(PinFile.read(file()))
                .isEqualTo(new Content.Malformed("it is no plain file, and links are not followed"));
    }

    @Test
    void readsNoFolder() throws Exception {
        Files.createDirectory(file());
        assertThat(PinFile.read(file())).isInstanceOf(Content.Malformed.class);
    }

    private Path file() {
        return folder.resolve(PinFile.NAME);
    }
}
