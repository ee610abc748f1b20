package org.openclaw.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.bench.container.Checkout;
import org.openclaw.bench.container.Container;

/** What the documents say that can be typed does what they say: every {@code curl}, and the commands beside it. */
class ReadmeIT {
    private static final Pattern TRY_IT = Pattern.compile("(?s)## Try it\n.*?```sh\n(.*?)```");
    private static final Pattern CURL = Pattern.compile("(?m)^ {4}curl (?:[^\n]*\\\\\n)*[^\n]*$");
    private static final int TIMED_OUT = 28;
    private static final String BEFORE = """
            shopt -s expand_aliases
            set -e
            curl() { command curl --silent --show-error --fail-with-body --max-time 20 "$@"; }
            """;

    @TempDir
    static Path temp;

    private static Container container;

    @BeforeAll
    static void start() throws Exception {
        var target = Files.createDirectories(temp.resolve("distribution/container/target"));
        container = Container.started(target.resolve("home"));
        Files.createSymbolicLink(target.resolve("openclaw"), Container.INSTALLATION);
        container.drop(
                Checkout.list(Container.INSTALLATION.resolve("deploy"), each -> true)
                        .getFirst(),
                "triage.jar");
        container.awaitFile("triage.jar", "serving");
    }

    @AfterAll
    static void stop() {
        container.close();
    }

    @Test
    void whatThereIsToTryWorksAsWritten() throws Exception {
        var found = TRY_IT.matcher(read("README.md"));
        assertThat(found.find()).isTrue();
        var commands = found.group(1)
                .lines()
                .filter(line -> !line.endsWith("until Ctrl-C"))
                .toList();
        assertThat(commands).anyMatch(line -> line.startsWith("curl "));

        var ran = run(temp, String.join("\n", commands));

        assertThat(ran.exit()).as(ran.out()).isZero();
        assertThat(ran.out()).contains("\"checkout\":1", "\"acknowledgedBy\" : \"Ada\"");
    }

    @Test
    void everyCurlOfTheDoorIsAnswered() throws Exception {
        for (var document : List.of("README.md", "HTTP.md", "EVENTS.md")) {
            var text = read("bundles/org.openclaw.gateway.http/" + document);
            var curls = CURL.matcher(text).results().map(each -> each.group()).toList();
            assertThat(curls).as(document).hasSize((int) text.lines()
                    .filter(line -> line.strip().startsWith("curl "))
                    .count());
            for (var curl : curls) {
                boolean endless = curl.contains("curl -N");
                var ran = run(container.home, endless ? curl.replace("curl -N", "curl -N --max-time 2") : curl);
                assertThat(ran.exit()).as(curl + "\n" + ran.out()).isEqualTo(endless ? TIMED_OUT : 0);
            }
        }
    }

    private static String read(String document) throws IOException {
        return Files.readString(Checkout.ROOT.resolve(document));
    }

    /** Has bash run commands, as somebody types them there. */
    private static Container.Ran run(Path folder, String commands) throws Exception {
        var out = Files.createTempFile(temp, "ran", ".out");
        var process = new ProcessBuilder(
                        "bash", "-c", BEFORE + commands.replaceAll("\\b8080\\b", String.valueOf(container.port)))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES))
                .as(Files.readString(out))
                .isTrue();
        return new Container.Ran(process.exitValue(), Files.readString(out));
    }
}
