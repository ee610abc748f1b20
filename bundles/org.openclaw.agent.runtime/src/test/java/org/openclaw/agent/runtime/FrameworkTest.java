package org.openclaw.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.agent.Agent;
import org.openclaw.agent.runtime.engine.Alarms;
import org.openclaw.agent.runtime.engine.Engine;
import org.openclaw.agent.runtime.engine.Settings;
import org.openclaw.agent.runtime.engine.Surroundings;
import org.openclaw.agent.runtime.engine.Tally;
import org.openclaw.agent.runtime.engine.TallyAgent;
import org.openclaw.capability.CapabilityException;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.launch.Framework;

/** The trackers on a real framework, with bundles made on the spot. */
class FrameworkTest {
    private static final String DESCRIPTOR =
            """
            {"agentType":"tally","class":"%s","state":{"class":"%s","digest":"d","schema":{}},
             "messages":[{"type":"tally.Note","class":"%s","query":false,"digest":"d","schema":{}}]}
            """.formatted(TallyAgent.class.getName(), Tally.Noted.class.getName(), Tally.Note.class.getName());

    @TempDir
    private Path cache;

    private Framework framework;
    private Engine engine;
    private AgentTracker agents;
    private CapabilityTracker capabilities;

    @BeforeEach
    void startTheFramework() throws Exception {
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        "org.osgi.framework.storage", cache.toString(),
                        "org.osgi.framework.storage.clean", "onFirstInit",
                        "org.osgi.framework.bootdelegation", "org.openclaw.*",
                        "org.osgi.framework.bundle.parent", "app",
                        "felix.log.level", "1"));
        framework.start();
        engine = new Engine(
                Settings.USUAL,
                new Surroundings(
                        InstantSource.system(),
                        (name, work) -> Thread.ofVirtual().name(name).start(work),
                        new Alarms(),
                        () -> 1,
                        (_, _, _) -> false,
                        (_, _) -> {}));
        agents = new AgentTracker(framework.getBundleContext(), engine);
        agents.open();
        capabilities = new CapabilityTracker(framework.getBundleContext(), Duration.ofSeconds(1));
        capabilities.open();
    }

    @AfterEach
    void stopTheFramework() throws Exception {
        agents.close();
        capabilities.close();
        framework.stop();
        framework.waitForStop(20_000);
    }

    private Bundle bundle(String version, String provides) throws Exception {
        var manifest = new Manifest();
        var main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", "tally");
        main.putValue("Bundle-Version", version);
        if (!provides.isEmpty()) {
            main.putValue("Provide-Capability", provides);
        }
        var bytes = new ByteArrayOutputStream();
        try (var jar = new JarOutputStream(bytes, manifest)) {
            jar.putNextEntry(new JarEntry("OSGI-INF/openclaw/tally.json"));
            jar.write(DESCRIPTOR.getBytes(StandardCharsets.UTF_8));
        }
        var installed = framework
                .getBundleContext()
                .installBundle("test:" + version + provides.length(), new ByteArrayInputStream(bytes.toByteArray()));
        installed.start();
        return installed;
    }

    private static ServiceRegistration<?> register(Bundle bundle) {
        var properties = FrameworkUtil.asDictionary(Map.of("agent.type", "tally"));
        return bundle.getBundleContext().registerService(Agent.class, new TallyAgent(), properties);
    }

    private static final String DECLARED =
            "org.openclaw.agent;org.openclaw.agent=tally;path=OSGI-INF/openclaw/tally.json";

    @Test
    void takesADeclaredAgentInAndOutWithItsService() throws Exception {
        var registration = register(bundle("1.2.0", DECLARED));

        assertThat(engine.serving("tally")).contains("1.2.0");

        registration.unregister();
        assertThat(engine.serving("tally")).isEmpty();
    }

    @Test
    void letsTheHighestBundleVersionServe() throws Exception {
        var high = bundle("2.0.0", DECLARED);
        register(high);
        register(bundle("1.10.0", DECLARED));
        assertThat(engine.serving("tally")).contains("2.0.0");

        high.stop();
        assertThat(engine.serving("tally")).contains("1.10.0");
    }

    @Test
    void refusesAnAgentThatItsManifestDoesNotDeclare() throws Exception {
        register(bundle("1.0.0", ""));

        assertThat(engine.serving("tally")).isEmpty();
    }

    @Test
    void refusesADescriptorThatTheManifestDoesNotMean() throws Exception {
        register(bundle("1.0.0", DECLARED + ";digest=" + "0".repeat(64)));

        assertThat(engine.serving("tally")).isEmpty();
    }

    @Test
    void hearsThatTheFrameworkStopsWhileItsAgentsAreStillHere() throws Exception {
        register(bundle("1.0.0", DECLARED));
        var listener = bundle("2.0.0", "");
        var servingThen = new AtomicReference<Optional<String>>(Optional.empty());
        listener.getBundleContext().addBundleListener((SynchronousBundleListener) event -> {
            if (AgentRuntime.isFrameworkStopping(event)) {
                servingThen.set(engine.serving("tally"));
            }
        });

        framework.stop();
        framework.waitForStop(20_000);

        assertThat(servingThen.get()).contains("1.0.0");
    }

    /** An interface of the system bundle, as far as the framework knows. */
    interface Greeting {
        String greet() throws IOException;
    }

    private static ServiceRegistration<?> provide(Bundle bundle, Greeting greeting) {
        var properties = FrameworkUtil.asDictionary(Map.of("provides.capability", "greeting"));
        return bundle.getBundleContext().registerService(Greeting.class, greeting, properties);
    }

    @Test
    void keepsOneFacadeWhileProvidersAreReplaced() throws Exception {
        var old = provide(bundle("1.0.0", ""), () -> "old");
        var context = framework.getBundleContext();
        var found = context.getServiceReferences(Greeting.class, "(capability.name=greeting)");
        assertThat(found).hasSize(1);
        var facade = context.getService(found.iterator().next());
        assertThat(facade.greet()).isEqualTo("old");

        provide(bundle("2.0.0", ""), () -> "new");
        assertThat(facade.greet()).isEqualTo("new");
        old.unregister();

        assertThat(facade.greet()).isEqualTo("new");
        assertThat(context.getServiceReferences(Greeting.class, "(capability.name=greeting)"))
                .hasSize(1);
    }

    @Test
    void keepsTheFacadeWhenTheLastProviderGoes() throws Exception {
        var provider = provide(bundle("1.0.0", ""), () -> "hello");
        var context = framework.getBundleContext();
        var facade = context.getService(context.getServiceReferences(Greeting.class, "(capability.name=greeting)")
                .iterator()
                .next());

        provider.unregister();

        assertThatThrownBy(facade::greet).isInstanceOf(CapabilityException.class);
    }
}
