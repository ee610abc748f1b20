package org.openclaw.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.bench.container.Container;
import org.openclaw.bench.container.Plugins;

/** Killed with -9 at any moment of a deployment, the next start brings folder, store and running set into agreement. */
class CrashIT {
    private static final int ROUNDS = Integer.getInteger("openclaw.crashes", 6);

    @TempDir
    static Path temp;

    @Test
    void everyStartAgreesWithTheFolder() throws Exception {
        long seed = Long.getLong("openclaw.seed", System.nanoTime());
        System.out.println("CrashIT: seed " + seed + " (replay with -Dopenclaw.seed=" + seed + ")");
        var random = new Random(seed);
        try (var container = Container.started(temp.resolve("home"))) {
            var plugins = Plugins.trustedBy(container, temp.resolve("plugins"));
            var jars = new ArrayList<Path>();
            for (int version = 0; version < 4; version++) {
                jars.add(plugins.echo("1." + version + ".0"));
            }
            var unsigned = plugins.unsigned("plugin.echo", "2.0.0", Map.of(), List.of(Plugins.source("EchoAgent")));
            container.drop(jars.getFirst(), "base.jar");
            container.awaitFile("base.jar", "serving");
            // what lies in the folder beside base.jar, by version, and whether base.jar is pinned
            var folder = new TreeMap<String, Integer>();
            var pins = container.deploy().resolve("pins.json");
            for (int round = 0; round < ROUNDS; round++) {
                for (int step = 0; step < 4; step++) {
                    var name = "echo-" + random.nextInt(3) + ".jar";
                    switch (random.nextInt(5)) {
                        case 0 -> {
                            Files.deleteIfExists(container.deploy().resolve(name));
                            folder.remove(name);
                        }
                        case 1 -> {
                            int version = random.nextInt(jars.size());
                            container.drop(jars.get(version), name);
                            folder.put(name, version);
                        }
                        case 2 -> Files.writeString(pins, "{\"plugin.echo\": \"1.0.0\"}");
                        case 3 -> Files.writeString(pins, "{}");
                        default -> container.drop(unsigned, "unsigned.jar");
                    }
                    // an arbitrary moment, not a wait for anything
                    new CountDownLatch(1).await(random.nextInt(40), TimeUnit.MILLISECONDS);
                }
                container.kill();
                container.restart();
                var pinned = Files.exists(pins) && Files.readString(pins).contains("1.0.0");
                var highest =
                        folder.values().stream().mapToInt(each -> each).max().orElse(0);
                var expected = "1." + (pinned ? 0 : highest) + ".0";
                Awaitility.await("round " + round + " of seed " + seed + ": " + folder)
                        .untilAsserted(() -> {
                            var answer = container.call(
                                    "POST",
                                    "/v1/agents/echo/one/messages?type=echo.Say",
                                    "{\"text\":\"x\"}",
                                    "Prefer",
                                    "wait=5");
                            assertThat(answer.body()).contains("\"version\":\"" + expected + "\"");
                            for (var row : container.json("/v1/bundles").path("bundles")) {
                                assertThat(row.path("state").asString(""))
                                        .as(row.toString())
                                        .isNotEqualTo("arriving");
                            }
                        });
            }
        }
    }
}
