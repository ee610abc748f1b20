package org.openclaw.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.bench.container.Container;
import org.openclaw.bench.container.Plugins;
import tools.jackson.databind.json.JsonMapper;

/** Killed with -9, a turn goes on where it was: with the steps that were recorded, and with what it waits for. */
class StepKillIT {
    private static final int STEPS = 10;
    /** 128 and the number of SIGKILL. */
    private static final int KILLED = 137;

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    static Path temp;

    private static Container container;
    private static Plugins plugins;

    @BeforeAll
    static void start() throws Exception {
        container = Container.started(Container.INSTALLATION, temp.resolve("home"), Map.of("CLAW_PROFILE", "small"));
        plugins = Plugins.trustedBy(container, temp.resolve("plugins"));
    }

    @AfterAll
    static void stop() {
        container.close();
    }

    @Test
    void noRecordedStepIsTakenAgain() throws Exception {
        var diary = temp.resolve("diary");
        deploy("ClimbAgent", "climb");
        var receipt = accepted("/v1/agents/climb/one/messages?type=climb.Climb", "{\"diary\":\"" + diary + "\"}");
        for (int kill = 1; kill <= STEPS; kill++) {
            var process = ProcessHandle.of(container.pid());
            Awaitility.await("the end of the process in step " + kill)
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> process.filter(ProcessHandle::isAlive).isEmpty());
            assertThat(container.kill()).as("exit code").isEqualTo(KILLED);
            container.launchAgain();
        }
        container.awaitReady();

        awaitStatus(receipt, "done");
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

    @Test
    void aSuspendedTurnGoesOnWithTheAnswerToItsSignal() throws Exception {
        deploy("ApprovalAgent", "approval");
        var receipt = accepted("/v1/agents/approval/one/messages?type=approval.Want", "{\"what\":\"a boat\"}");
        awaitStatus(receipt, "suspended");
        long notedBy = container.pid();

        assertThat(container.kill()).as("exit code").isEqualTo(KILLED);
        container.restart();

        awaitStatus(receipt, "suspended");
        assertThat(container.json("/v1/messages/" + receipt).path("reason").asString(""))
                .contains("the signal 'approve a boat'");
        var waits = container.json("/v1/signals").path("waits");
        assertThat(waits).isEqualTo(container.json("/v1/agents/approval/one").path("waitsFor"));
        assertThat(waits)
                .singleElement()
                .satisfies(wait -> assertThat(wait.path("message").asString("")).isEqualTo(receipt));
        var signal = waits.path(0).path("signal").asString("");
        assertThat(container.claw("agents", "show", "approval/one").out()).contains("claw signals answer " + signal);
        assertThat(container.claw("signals", "answer", signal, "\"perhaps\"").exit())
                .as("an answer of another shape is refused")
                .isEqualTo(1);
        assertThat(container.claw("signals", "answer", signal, "{\"approved\":true,\"by\":\"Ada\"}"))
                .isEqualTo(new Container.Ran(0, "Answered, its turn goes on: " + signal + "\n"));

        awaitStatus(receipt, "done");
        assertThat(container
                        .json("/v1/agents/approval/one")
                        .at("/memory/decisions/0")
                        .toString())
                .isEqualTo("{\"what\":\"a boat\",\"notedBy\":" + notedBy + ",\"approved\":true,\"by\":\"Ada\"}");
        assertThat(container
                        .call("POST", "/v1/signals/" + signal, "{\"approved\":true,\"by\":\"Ada\"}")
                        .statusCode())
                .as("its turn has ended")
                .isEqualTo(404);
        assertThat(container.json("/v1/signals").path("waits")).isEmpty();
    }

    private static void deploy(String source, String type) throws Exception {
        container.drop(
                plugins.signed("plugin." + type, "1.0.0", Map.of(), List.of(Plugins.source(source))), type + ".jar");
        container.awaitFile(type + ".jar", "serving");
    }

    /** The receipt of a message. */
    private static String accepted(String path, String body) throws Exception {
        return JSON.readTree(container.call("POST", path, body).body())
                .path("receipt")
                .asString("");
    }

    private static void awaitStatus(String receipt, String status) {
        Awaitility.await("a turn that is " + status)
                .untilAsserted(() -> assertThat(container
                                .json("/v1/messages/" + receipt)
                                .path("status")
                                .asString(""))
                        .isEqualTo(status));
    }
}
