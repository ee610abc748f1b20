package org.openclaw.launcher.claw;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class StatusScreenTest {
    static final String FULL = """
            {"pid":7,"url":"http://127.0.0.1:8080","home":"/opt/openclaw",
             "version":"0.1.0","startedAt":"2026-11-01T10:00:00Z","now":"2026-11-04T14:00:00Z","uptimeSeconds":273600,
             "ready":true,"missing":[],
             "process":{"pid":7,"cpuSeconds":75.5,"threads":40,"heapUsedBytes":88080384,"heapCommittedBytes":100000000,
               "heapMaxBytes":268435456,"nonHeapUsedBytes":1,"rssBytes":199229440},
             "disk":{"freeBytes":85899345920,"totalBytes":274877906944},
             "agents":{"total":1204,"types":3,"active":12,"passive":1190,"suspended":0,"draining":0,"quarantined":2,"stranded":0},
             "messages":{"accepted":12300,"refused":4,"turns":12290,"failed":10,"waiting":3,"running":1,"dead":2},
             "bundles":{"serving":2,"superseded":1,"refused":1,"arriving":0,"flagged":0},
             "history":{"intervalSeconds":5,"until":"2026-11-04T14:00:00Z","acceptedPerSecond":[0,1,2,4,8.25],
               "turnsPerSecond":[0,1,2,4,8],"failedPerSecond":[0,0,0,0,0.2],"p50Millis":[null,1,2,2,3],
               "p99Millis":[null,10,20,20,41.4],"heapUsedBytes":[1,2,3,4,5]},
             "events":[{"at":"2026-11-04T13:59:58Z","kind":"bundle.refused","subject":"x.jar","severity":"warning",
               "text":"Refused x.jar: it is not signed."}],
             "attention":[{"id":"bundle.refused","severity":"error","subject":"x.jar","text":"x.jar is refused: it is not signed.",
               "why":"Nothing of it runs.","cure":"Sign it with 'claw sign', or remove it from deploy/."}]}""";

    @Test
    void showsEverythingOnOneScreen() {
        assertThat(screen(80, FULL)).isEqualToNormalizingNewlines("""
                ● OpenClaw 0.1.0 is ready, since 2026-11-01 10:00 (3 d 4 h)

                  url         http://127.0.0.1:8080   process 7
                  home        /opt/openclaw
                  agents      1,204 of 3 types   12 active   1,190 passive   2 quarantined
                  messages    12,300 accepted   4 refused   12,290 turns   10 failed   3 waiting
                              1 running   2 dead
                  bundles     2 serving   1 superseded   1 refused
                  accepted/s  ▁▂▃▅█  8.3, at most 8.3
                  turns/s     ▁▂▃▅█  8, at most 8
                  failed/s    ▁▁▁▁█  0.2, at most 0.2
                  p50          ▄▆▆█  3, at most 3 ms
                  p99          ▃▅▅█  41.4, at most 41.4 ms
                  heap        ███████░░░░░░░░░░░░░  84 MiB of 256 MiB   resident 190 MiB
                              40 threads   cpu 1 min 15 s
                  disk        ██████████████░░░░░░  80 GiB of 256 GiB free

                  13:59:58  Refused x.jar: it is not signed.

                ✗ x.jar is refused: it is not signed.
                  Sign it with 'claw sign', or remove it from deploy/.""");
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 80, 160})
    void fitsTheTerminal(int width) {
        assertThat(screen(width, FULL).lines())
                .allSatisfy(line -> assertThat(Columns.of(line)).isLessThanOrEqualTo(width));
    }

    @Test
    void showsWhatNeedsAttentionFirstWhereThereIsLittleRoom() {
        var lines = new StatusScreen(new Terminal(80, 7, Ansi.OFF, true), ZoneOffset.UTC).fitting(json(FULL));

        assertThat(lines).hasSize(6).element(2).asString().startsWith("✗ x.jar is refused");
        assertThat(new StatusScreen(new Terminal(80, 40, Ansi.OFF, true), ZoneOffset.UTC).fitting(json(FULL)))
                .isEqualTo(screen(80, FULL).lines().toList());
    }

    @Test
    void saysWhatItWaitsFor() {
        assertThat(screen(80, "{\"version\":\"0.1.0\",\"ready\":false,\"missing\":[\"agents\",\"arriving: x.jar\"]}"))
                .startsWith("● OpenClaw 0.1.0 is not ready: agents; arriving: x.jar");
    }

    @Test
    void leavesOutWhatAnotherReleaseDoesNotSay() {
        var whole = (ObjectNode) json(FULL);
        for (var member : whole.propertyNames().toArray(String[]::new)) {
            var less = whole.deepCopy();
            less.remove(member);
            assertThat(new StatusScreen(new Terminal(80, Ansi.OFF), ZoneOffset.UTC).lines(less))
                    .as("without " + member)
                    .isNotEmpty();
        }
        assertThat(screen(80, "{}")).isEqualTo("● OpenClaw is not ready");
    }

    @Test
    void takesNoOffenceAtMembersOfOtherShapes() {
        assertThat(screen(80, """
                {"ready":"yes","missing":7,"agents":[],"messages":"many","history":{"p99Millis":{}},"startedAt":"yesterday",
                 "process":{"heapMaxBytes":"big"},"events":{"a":1},"attention":[7,{"id":"x"}],"uptimeSeconds":[]}""")).contains("x");
    }

    @Test
    void printsNothingThatSteersTheTerminal() {
        assertThat(
                        screen(
                                80,
                                "{\"attention\":[{\"text\":\"a\\u001b[2Jb\",\"cure\":\"\\u202ec\"}],\"events\":[{\"text\":\"\\u0007\"}]}"))
                .contains("a?[2Jb", "?c")
                .doesNotContain("\u001b", "\u202e", "\u0007");
    }

    @Test
    void isAsciiWhereTheTerminalIs() {
        var lines = new StatusScreen(new Terminal(80, 24, Ansi.OFF, false), ZoneOffset.UTC).lines(json(FULL));

        assertThat(String.join("\n", lines)).matches("[\\n -~]*");
    }

    private static String screen(int width, String json) {
        return String.join("\n", new StatusScreen(new Terminal(width, Ansi.OFF), ZoneOffset.UTC).lines(json(json)));
    }

    private static JsonNode json(String text) {
        return new JsonMapper().readTree(text);
    }
}
