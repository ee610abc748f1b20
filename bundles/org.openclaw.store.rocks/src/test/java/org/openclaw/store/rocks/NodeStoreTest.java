package org.openclaw.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.store.Change;
import org.openclaw.store.Key;
import org.openclaw.store.TurnStore;
import org.openclaw.telemetry.Events;
import org.openclaw.telemetry.RuntimeEvent;
import org.openclaw.telemetry.Severity;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

class NodeStoreTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    @TempDir
    private Path data;

    private final List<TurnStore> services = new ArrayList<>();
    private final List<RuntimeEvent> told = new ArrayList<>();
    private final Map<String, Object> properties = new HashMap<>();

    private NodeStore start() {
        return new NodeStore(context(), () -> NOW);
    }

    private BundleContext context() {
        return proxy(BundleContext.class, (name, arguments) -> switch (name) {
            case "getProperty" -> "openclaw.data".equals(arguments[0]) ? data.toString() : null;
            case "registerService" -> {
                services.add((TurnStore) arguments[1]);
                var given = (Dictionary<?, ?>) arguments[2];
                properties.put("store.kind", given.get("store.kind"));
                properties.put("service.ranking", given.get("service.ranking"));
                yield proxy(ServiceRegistration.class, (_, _) -> services.remove(arguments[1]));
            }
            case "getServiceReference" -> proxy(ServiceReference.class, (_, _) -> null);
            case "getService" -> (Events) told::add;
            default -> true;
        });
    }

    private interface Answers {
        @Nullable
        Object to(String method, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (_, method, arguments) -> answers.to(method.getName(), arguments)));
    }

    @Test
    void isAServiceAsLongAsItIsActive() throws IOException {
        var node = start();
        assertThat(services).hasSize(1);
        services.getFirst().commit(List.of(new Change.Put(Key.agent(1), new byte[3])));
        node.close();
        assertThat(services).isEmpty();

        var again = start();
        assertThat(services.getFirst().get(Key.agent(1))).isPresent();
        again.close();
    }

    @Test
    void isPreferredToTheJournal() throws IOException {
        start().close();

        assertThat(properties).containsEntry("store.kind", "rocks").containsEntry("service.ranking", 100);
    }

    @Test
    void isNoServiceAndSaysWhyWhenItCannotBeOpened() throws IOException {
        Files.writeString(data.resolve("rocks"), "a file");
        start().close();

        assertThat(services).isEmpty();
        assertThat(told).singleElement().satisfies(event -> {
            assertThat(event.kind()).isEqualTo("store.unavailable");
            assertThat(event.severity()).isEqualTo(Severity.ERROR);
            assertThat(event.at()).isEqualTo(NOW);
        });
    }
}
