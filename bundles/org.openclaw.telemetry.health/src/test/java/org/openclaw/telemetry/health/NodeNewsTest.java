package org.openclaw.telemetry.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.telemetry.RuntimeEvent;

class NodeNewsTest {
    @TempDir
    private Path cache;

    private final List<RuntimeEvent> events = new CopyOnWriteArrayList<>();

    @Test
    void tellsWhenTheNodeHasStartedAndWhenItBeginsToStop() throws Exception {
        var framework = new FrameworkFactory()
                .newFramework(Map.of(
                        "org.osgi.framework.storage", cache.toString(),
                        "openclaw.version", "7.7.7",
                        "felix.log.level", "1"));
        framework.init();
        var news = new NodeNews(framework.getBundleContext(), events::add);
        framework.start();
        while (events.isEmpty()) {
            Thread.onSpinWait();
        }

        framework.stop();
        framework.waitForStop(20_000);

        assertThat(events).extracting(RuntimeEvent::kind).containsExactly("node.started", "node.stopping");
        assertThat(events.getFirst().text()).isEqualTo("OpenClaw 7.7.7 has started.");
        assertThat(news).isNotNull();
    }
}
