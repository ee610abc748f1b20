package org.openclaw.launcher.claw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.launcher.Installation;
import tools.jackson.databind.json.JsonMapper;

/** Over an installation whose journal bundle finds what the test says. */
class LogInspectCommandTest {
    private static final String SEGMENT =
            "Map.of(\"file\", \"1.segment\", \"segment\", 1L, \"first\", 1L, \"last\", 2L, \"used\", 400L, \"size\", 4096L)";
    private static final String FRAME =
            "Map.of(\"frame\", 2L, \"file\", \"1.segment\", \"offset\", 232L, \"size\", 56L, \"changes\","
                    + " List.of(Map.of(\"change\", \"remove\", \"kind\", \"INBOX\", \"first\", -1L, \"second\", 7L)))";

    @TempDir
    private Path folder;

    private final String before = System.getProperty(Installation.PROPERTY, "");

    @BeforeEach
    void install() throws IOException {
        System.setProperty(Installation.PROPERTY, folder.resolve("installation").toString());
        Files.createDirectories(folder.resolve("home/data/journal"));
        Files.createDirectories(folder.resolve("installation/bundles"));
    }

    @AfterEach
    void uninstall() {
        System.setProperty(Installation.PROPERTY, before);
    }

    /** Makes the bundle. */
    private void finds(String damage) throws IOException {
        var source = """
                package org.openclaw.store.journal;
                import java.util.*;
                public class Inspection {
                    public static Map<String, Object> of(
                            java.nio.file.Path folder, boolean values, java.util.function.Consumer<Map<String, Object>> frames) {
                        frames.accept(%s);
                        return Map.of("folder", folder.toString(), "segments", List.of(%s), "damage", List.of(%s));
                    }
                }""".formatted(FRAME, SEGMENT, damage);
        var compiler = ToolProvider.getSystemJavaCompiler();
        var problems = new DiagnosticCollector<JavaFileObject>();
        var classes = Files.createDirectories(folder.resolve("classes"));
        assertThat(compiler.getTask(
                                new StringWriter(),
                                null,
                                problems,
                                List.of("-proc:none", "-d", classes.toString()),
                                null,
                                List.of(new Source(source)))
                        .call())
                .as(problems.getDiagnostics().toString())
                .isTrue();
        var jar = folder.resolve("installation/bundles/org.openclaw.store.journal-0.1.0.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("org/openclaw/store/journal/Inspection.class"));
            out.write(Files.readAllBytes(classes.resolve("org/openclaw/store/journal/Inspection.class")));
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("memory:///Inspection.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private ClientFixture.Result inspect(String... options) {
        var all = new ArrayList<>(
                List.of("log", "inspect", "--home", folder.resolve("home").toString()));
        all.addAll(List.of(options));
        return ClientFixture.typed(all.toArray(String[]::new));
    }

    @Test
    void showsSegmentsAndFrames() throws IOException {
        finds("");
        var result = inspect("--frames");

        assertThat(result.err()).isEmpty();
        assertThat(result.exit()).isZero();
        assertThat(result.out())
                .contains(
                        "frame 2  1.segment:232  56 B  remove INBOX 18446744073709551615/7",
                        "1.segment",
                        "1..2",
                        "The journal is whole.");
    }

    @Test
    void endsInOneAndNamesFileAndOffsetWhenItIsDamaged() throws IOException {
        finds("Map.of(\"file\", \"1.segment\", \"offset\", 288L, \"reason\", \"frame 3 is not readable\")");
        var result = inspect();

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out())
                .contains("Damaged: 1.segment at offset 288: frame 3 is not readable.")
                .doesNotContain("remove INBOX");
    }

    @Test
    void printsOneJsonObject() throws IOException {
        finds("");
        var json = new JsonMapper().readTree(inspect("--frames", "--json").out());

        assertThat(json.at("/frames/0/changes/0/kind").asString("")).isEqualTo("INBOX");
        assertThat(json.at("/segments/0/used").asLong(0)).isEqualTo(400);
        assertThat(json.at("/running").asBoolean(true)).isFalse();
    }

    @Test
    void saysThatThereIsNoJournal() throws IOException {
        Files.delete(folder.resolve("home/data/journal"));
        var result = inspect();

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("There is no journal at");
    }

    @Test
    void saysThatTheInstallationLacksTheBundle() {
        var result = inspect();

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("installation").contains("ClassNotFoundException");
    }
}
