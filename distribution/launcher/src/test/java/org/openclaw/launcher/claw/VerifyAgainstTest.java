package org.openclaw.launcher.claw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.launcher.JsonTree;
import org.openclaw.launcher.claw.ClientFixture.Result;

/** Compares bundles offline. */
class VerifyAgainstTest {
    private static final String SKU = "{\"type\":\"object\",\"properties\":{\"sku\":{\"type\":\"string\"}}}";
    private static final String REQUIRED = SKU.replace("}}}", "}},\"required\":[\"sku\"]}");

    private final Path home;

    VerifyAgainstTest(@TempDir Path home) throws IOException {
        this.home = home;
        Files.createDirectories(home.resolve("conf/trust"));
    }

    private Result claw(String... arguments) {
        var all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--home";
        all[arguments.length + 1] = home.toString();
        return ClientFixture.typed(all);
    }

    private String jar(String version, String agentType, String message) throws IOException {
        var manifest = new Manifest();
        var main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", "acme.bot");
        main.putValue("Bundle-Version", version);
        var file = home.resolve("bot-" + version + ".jar");
        try (var jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            jar.putNextEntry(new ZipEntry("OSGI-INF/openclaw/" + agentType + ".json"));
            jar.write("""
                    {"agentType":"%s","class":"C","state":{"class":"S","digest":"s","schema":{"type":"object"}},
                     "messages":[{"type":"%s.Do","class":"M","query":false,"digest":"m","schema":%s}]}
                    """.formatted(agentType, agentType, message).getBytes(StandardCharsets.UTF_8));
        }
        return file.toString();
    }

    @Test
    void namesWhatABundleBreaks() throws IOException {
        var one = jar("1.0.0", "bot", SKU);
        var two = jar("2.0.0", "bot", REQUIRED);

        var result = claw("verify", two, "--against", one);

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out())
                .contains(
                        "Agent type 'bot' of " + two + " does not get on with " + one + " [schema.incompatible].",
                        "bot.Do at /sku: the newer version requires it, the older may leave it out. Make it optional");
    }

    @Test
    void saysWhatGetsOn() throws IOException {
        var one = jar("1.0.0", "bot", SKU);
        var two = jar("2.0.0", "bot", SKU);

        assertThat(claw("verify", two, "--against", one).out())
                .contains("Agent type 'bot' of " + two + " gets on with " + one + ".");
    }

    @Test
    void saysItInJson() throws IOException {
        var one = jar("1.0.0", "bot", SKU);
        var two = jar("2.0.0", "bot", REQUIRED);

        var json = JsonTree.read(claw("verify", "--json", two, "--against", one).out());

        assertThat(json.at("/0/against/types/0/type").asString()).isEqualTo("bot");
        assertThat(json.at("/0/against/types/0/breaks/0").toString())
                .isEqualTo(
                        "{\"schema\":\"bot.Do\",\"pointer\":\"/sku\",\"reader\":\"newer\",\"rule\":\"the newer version"
                                + " requires it, the older may leave it out\",\"cure\":\"Make it optional, or give the message"
                                + " another type\"}");
    }

    @Test
    void saysThatTwoBundlesHaveNothingInCommon() throws IOException {
        var one = jar("1.0.0", "bot", SKU);
        var two = jar("2.0.0", "other", SKU);

        assertThat(claw("verify", two, "--against", one).out()).contains("have no agent type in common");
    }

    @Test
    void refusesADescriptorThatCannotBeRead() throws IOException {
        var one = jar("1.0.0", "bot", SKU);
        var two = jar("2.0.0", "bot", "{\"type\":7}");

        var result = claw("verify", two, "--against", one);

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("The schemas of " + two + " cannot be compared: schema bot.Do");
    }

    @Test
    void isMisusedWithoutAJarToCompareWith() throws IOException {
        var two = jar("2.0.0", "bot", SKU);
        var text = Files.writeString(home.resolve("notes.jar"), "notes").toString();

        assertThat(claw("verify", two, "--against", home.resolve("absent.jar").toString())
                        .exit())
                .isEqualTo(2);
        assertThat(claw("verify", two, "--against", text).err()).contains("Cannot compare with " + text);
    }
}
