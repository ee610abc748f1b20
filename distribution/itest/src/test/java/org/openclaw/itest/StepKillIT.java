package org.openclaw.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.bench.container.Container;
import org.openclaw.bench.container.Plugins;
import tools.jackson.databind.json.JsonMapper;

/** Killed with -9 in each step of a turn, a step whose result was recorded is never taken again. */
class StepKillIT {
    private static final int STEPS = 10;
    /** 128 and the number of SIGKILL. */
    private static final int KILLED = 137;

    @TempDir
    static Path temp;

    @Test
    void noRecordedStepIsTakenAgain() throws Exception {
        var diary = temp.resolve("diary");
        try (var container =
                Container.started(Container.INSTALLATION, temp.resolve("home"), Map.of("CLAW_PROFILE", "small"))) {
            var jar = Plugins.trustedBy(container, temp.resolve("plugins"))
                    .signed("plugin.climb", "1.0.0", Map.of(), List.of(Plugins.source("ClimbAgent")));
            container.drop(jar, "climb.jar");
            container.awaitFile("climb.jar", "serving");
            var receipt = new JsonMapper()
                    .readTree(container
                            .call(
                                    "POST",
                                    "/v1/agents/climb/one/messages?type=climb.Climb",
                                    "{\"diary\":\"" + diary + "\"}")
                            .body())
                    .path("receipt")
                    .asString("");
            for (int kill = 1; kill <= STEPS; kill++) {
                var process = ProcessHandle.of(container.pid());
                Awaitility.await("the end of the process in step " + kill)
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> process.filter(ProcessHandle::isAlive).isEmpty());
                assertThat(container.kill()).as("exit code").isEqualTo(KILLED);
                container.launchAgain();
            }
            container.awaitReady();

            Awaitility.await("the end of the turn")
                    .untilAsserted(() -> assertThat(container
                                    .json("/v1/messages/" + receipt)
                                    .path("status")
                                    .asString(""))
                            .isEqualTo("done"));
            assertThat(container.json("/v1/agents/climb/one").at("/memory/sum").asLong(0))
                    .isEqualTo(IntStream.rangeClosed(1, STEPS)
                            .map(step -> step * 1000 + 2)
                            .sum());
            var taken = Files.readAllLines(diary);
            assertThat(taken.stream().map(line -> line.substring(0, line.indexOf(' '))))
                    .as("each step, which a kill left in doubt once")
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, STEPS)
                            .boxed()
                            .flatMap(step -> List.of(step, step).stream())
                            .map(Object::toString)
                            .toList());
            assertThat(taken.stream().distinct()).as("the same key again").hasSize(STEPS);
        }
    }
}
