package org.openclaw.deploy.trust;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SectionedTextTest {
    @Test
    void readsWhatTheJdkWrites() throws Exception {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Bundle-Description", "größer 日本 ".repeat(40));
        manifest.getMainAttributes().putValue("Empty", "");
        for (var length = 1; length < 200; length += 7) {
            var section = new Attributes();
            section.putValue("SHA-256-Digest", "x".repeat(length));
            section.putValue("SHA-512-Digest", "é".repeat(length));
            manifest.getEntries().put("a/" + "ü".repeat(length), section);
        }
        var bytes = new ByteArrayOutputStream();
        manifest.write(bytes);
        assertSameAsJdk(bytes.toByteArray());
    }

    @Test
    void readsLinesEndedByLineFeedsAlone() throws Exception {
        assertSameAsJdk("Manifest-Version: 1.0\nA: b\n  c\n\nName: x\nB: d\n\n".getBytes(UTF_8));
    }

    @Test
    void keepsTheBytesOfEachSectionWithTheEmptyLineBehindIt() throws Exception {
        var text = SectionedText.manifest("Manifest-Version: 1.0\r\n\r\nName: x\r\nB: d\r\n\r\n".getBytes(UTF_8));
        assertThat(UTF_8.decode(text.bytes(text.main())).toString()).isEqualTo("Manifest-Version: 1.0\r\n\r\n");
        assertThat(UTF_8.decode(text.bytes(text.sections().values().iterator().next()))
                        .toString())
                .isEqualTo("Name: x\r\nB: d\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "A: b\n\n",
                "Manifest-Version: 2.0\n\n",
                "Manifest-Version: 1.0\n",
                "Manifest-Version: 1.0",
                "Manifest-Version: 1.0\r\r",
                "Manifest-Version: 1.0\nA: b\rC: d\n\n",
                "Manifest-Version: 1.0\nA:b\n\n",
                "Manifest-Version: 1.0\nA b\n\n",
                "Manifest-Version: 1.0\n: b\n\n",
                "Manifest-Version: 1.0\nÄ: b\n\n",
                "Manifest-Version: 1.0\nA: b\na: c\n\n",
                "Manifest-Version: 1.0\nA: b\0\n\n",
                "Manifest-Version: 1.0\n\n\nName: x\n\n",
                "Manifest-Version: 1.0\n\nA: b\n\n",
                "Manifest-Version: 1.0\n\n continued\n\n",
                "Manifest-Version: 1.0\n\nName: x\n\nName: x\n\n",
                "Manifest-Version: 1.0\n\nName: x\n",
                " Manifest-Version: 1.0\n\n",
                "\uFEFFManifest-Version: 1.0\n\n",
                "Manifest-Version: 1.0\nA: 123456789012345678901234567890123456789012345678901234567890123456789012\n\n",
            })
    void refusesWhatReadersMayTakeDifferently(String text) {
        assertThatThrownBy(() -> SectionedText.manifest(text.getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        Rejected.class, rejected -> assertThat(rejected.code()).isEqualTo("manifest.invalid"));
    }

    @Test
    void refusesMalformedUtf8() {
        var bytes = "Manifest-Version: 1.0\nA: __\n\n".getBytes(UTF_8);
        bytes[bytes.length - 4] = (byte) 0xC3;
        assertThatThrownBy(() -> SectionedText.manifest(bytes)).isInstanceOf(Rejected.class);
    }

    @Test
    void neverReadsAnythingThatTheJdkReadsDifferently() throws Exception {
        var honest =
                "Manifest-Version: 1.0\r\nA: b\n c\r\n\r\nName: x\nB: d\n\nName: y\r\nC: e\r\n f\n\n".getBytes(UTF_8);
        var random = new Random(42);
        var alphabet = "\r\n :Nname-x\0\u00e9".getBytes(UTF_8);
        var read = 0;
        for (var round = 0; round < 20_000; round++) {
            var bytes = honest.clone();
            for (var change = random.nextInt(3); change >= 0; change--) {
                bytes[random.nextInt(bytes.length)] = alphabet[random.nextInt(alphabet.length)];
            }
            try {
                assertSameAsJdk(bytes);
                read++;
            } catch (Rejected refused) {
                assertThat(refused.code()).isEqualTo("manifest.invalid");
            }
        }
        assertThat(read).isGreaterThan(100);
    }

    private static void assertSameAsJdk(byte[] bytes) throws Exception {
        var ours = SectionedText.manifest(bytes);
        var jdk = new Manifest(new ByteArrayInputStream(bytes));
        assertThat(ours.main().attributes()).isEqualTo(lower(jdk.getMainAttributes()));
        assertThat(ours.sections().keySet()).isEqualTo(jdk.getEntries().keySet());
        for (var section : ours.sections().entrySet()) {
            var expected = lower(jdk.getEntries().getOrDefault(section.getKey(), new Attributes()));
            expected.put("name", section.getKey());
            assertThat(section.getValue().attributes()).isEqualTo(expected);
        }
    }

    private static Map<String, String> lower(Attributes attributes) {
        var values = new TreeMap<String, String>();
        attributes.forEach(
                (name, value) -> values.put(name.toString().toLowerCase(java.util.Locale.ROOT), value.toString()));
        return values;
    }
}
