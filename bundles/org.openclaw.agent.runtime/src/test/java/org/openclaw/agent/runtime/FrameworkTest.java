package org.openclaw.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
import org.openclaw.agent.Turn;
import org.openclaw.agent.runtime.capability.Guards;
import org.openclaw.agent.runtime.capability.Instruments;
import org.openclaw.agent.runtime.engine.Alarms;
import org.openclaw.agent.runtime.engine.Engine;
import org.openclaw.agent.runtime.engine.MemoryTurnStore;
import org.openclaw.agent.runtime.engine.Settings;
import org.openclaw.agent.runtime.engine.Surroundings;
import org.openclaw.agent.runtime.engine.Tally;
import org.openclaw.agent.runtime.engine.TallyAgent;
import org.openclaw.capability.CapabilityException;
import org.openclaw.capability.CapabilityLimits;
import org.openclaw.message.Address;
import org.openclaw.message.Body;
import org.openclaw.message.Message;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.Receipt;
import org.openclaw.message.Tenant;
import org.openclaw.schema.json.JsonSchemas;
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

    private static final CapabilityLimits WITHOUT_WAITING = new CapabilityLimits(
            "*", 0, 0, 0, Duration.ZERO, Duration.ZERO, 1, Duration.ofMillis(1), 0, 1, Duration.ofMillis(1));

    @TempDir
    private Path cache;

    private final Set<Bundle> revoked = ConcurrentHashMap.newKeySet();
    private final NamedSchemas registry = new NamedSchemas();
    private Framework framework;
    private Engine engine;
    private AgentTracker agents;
    private Guards guards;
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
                        new MemoryTurnStore(),
                        Runnable::run,
                        (_, commit) -> commit.run(),
                        InstantSource.system(),
                        System::nanoTime,
                        (name, work) -> Thread.ofVirtual().name(name).start(work),
                        new Alarms(),
                        () -> 1,
                        (_, _, _, _) -> false,
                        (_, _) -> {},
                        _ -> {}));
        agents = new AgentTracker(framework.getBundleContext(), engine, new JsonSchemas(), registry, revoked::contains);
        agents.open();
        guards = new Guards(new Instruments(InstantSource.system(), System::nanoTime, _ -> {}, Map::of));
        guards.limit(List.of(WITHOUT_WAITING));
        capabilities =
                new CapabilityTracker(framework.getBundleContext(), Duration.ofSeconds(60), revoked::contains, guards);
        capabilities.open();
    }

    @AfterEach
    void stopTheFramework() throws Exception {
        agents.close();
        capabilities.close();
        guards.close();
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
        return bundle.getBundleContext().registerService(Agent.class, new TallyAgent(), AGENT);
    }

    private static final Dictionary<String, Object> AGENT = FrameworkUtil.asDictionary(Map.of("agent.type", "tally"));
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
    void keepsTheSchemasOfEveryVersionThatComes() throws Exception {
        register(bundle("2.0.0", DECLARED));
        register(bundle("1.10.0", DECLARED));

        assertThat(registry.names())
                .containsExactly("tally.Note 2.0.0", "tally.state 2.0.0", "tally.Note 1.10.0", "tally.state 1.10.0");
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

    /** Says when it has begun, and would not end by itself for the time of any test. */
    private static final class Endless implements Agent<Tally, Tally.Noted> {
        final CountDownLatch began = new CountDownLatch(1);
        final CountDownLatch never = new CountDownLatch(1);

        @Override
        public Tally.Noted initial(Address self) {
            return new Tally.Noted(List.of());
        }

        @Override
        public Tally.Noted handle(Tally message, Tally.Noted state, Turn turn) throws Exception {
            began.countDown();
            never.await();
            return state;
        }
    }

    private Receipt.Accepted note() {
        var message = new Message("1", "/test", "tally.Note", Instant.EPOCH, Body.json("{\"number\":7}"));
        return (Receipt.Accepted) engine.send(Tenant.DEFAULT, Address.of("tally", "a"), message);
    }

    private MessageStatus outcome(Receipt.Accepted receipt) {
        return engine.outcome(Tenant.DEFAULT, receipt.id())
                .orElseThrow()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void interruptsTheTurnsOfARevokedBundleAndLeavesThemForAnother() throws Exception {
        var endless = new Endless();
        var old = bundle("1.0.0", DECLARED);
        old.getBundleContext().registerService(Agent.class, endless, AGENT);
        var receipt = note();
        assertThat(endless.began.await(20, TimeUnit.SECONDS)).isTrue();

        revoked.add(old);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> old.stop());
        register(bundle("2.0.0", DECLARED));

        assertThat(outcome(receipt))
                .isInstanceOfSatisfying(
                        MessageStatus.Done.class,
                        done -> assertThat(done.version()).isEqualTo("2.0.0"));
    }

    @Test
    void interruptsTheTurnsOfABundleThatIsRevokedWhileItDrains() throws Exception {
        var endless = new Endless();
        var old = bundle("1.0.0", DECLARED);
        old.getBundleContext().registerService(Agent.class, endless, AGENT);
        note();
        assertThat(endless.began.await(20, TimeUnit.SECONDS)).isTrue();
        var stopping =
                CompletableFuture.runAsync(() -> assertThatCode(old::stop).doesNotThrowAnyException());
        while (engine.serving("tally").isPresent()) {
            Thread.onSpinWait();
        }

        revoked.add(old);

        assertThat(stopping).succeedsWithin(Duration.ofSeconds(20));
    }

    @Test
    void withdrawsARevokedAgentAlthoughItsServiceStays() throws Exception {
        var endless = new Endless();
        var old = bundle("1.0.0", DECLARED);
        old.getBundleContext().registerService(Agent.class, endless, AGENT);
        var receipt = note();
        assertThat(endless.began.await(20, TimeUnit.SECONDS)).isTrue();
        register(bundle("0.9.0", DECLARED));

        revoked.add(old);
        agents.withdrawRevoked();

        assertThat(outcome(receipt))
                .isInstanceOfSatisfying(
                        MessageStatus.Done.class,
                        done -> assertThat(done.version()).isEqualTo("0.9.0"));
    }

    @Test
    void takesNoAgentOfARevokedBundle() throws Exception {
        var old = bundle("1.0.0", DECLARED);
        revoked.add(old);

        register(old);

        assertThat(engine.serving("tally")).isEmpty();
    }

    @Test
    void doesNotWaitForCallsInARevokedProvider() throws Exception {
        var began = new CountDownLatch(1);
        var never = new CountDownLatch(1);
        var provider = bundle("1.0.0", "");
        provide(provider, () -> {
            began.countDown();
            awaitQuietly(never);
            return "late";
        });
        var context = framework.getBundleContext();
        var facade = context.getService(context.getServiceReferences(Greeting.class, "(capability.name=greeting)")
                .iterator()
                .next());
        var caller =
                Thread.ofVirtual().start(() -> assertThatCode(facade::greet).doesNotThrowAnyException());
        assertThat(began.await(20, TimeUnit.SECONDS)).isTrue();

        revoked.add(provider);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> provider.stop());

        assertThatThrownBy(facade::greet).isInstanceOf(CapabilityException.class);
        never.countDown();
        caller.join();
    }

    private static void awaitQuietly(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }

    /** An interface of the system bundle, as far as the framework knows. */
    public interface Greeting {
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
    void letsCallsWaitWhileAProviderIsReplacedWithAGap() throws Exception {
        guards.limit(List.of());
        var old = provide(bundle("1.0.0", ""), () -> "old");
        var context = framework.getBundleContext();
        var facade = context.getService(context.getServiceReferences(Greeting.class, "(capability.name=greeting)")
                .iterator()
                .next());
        old.unregister();
        var call = new CompletableFuture<String>();
        Thread.ofVirtual().start(() -> {
            try {
                call.complete(facade.greet());
            } catch (IOException | RuntimeException failed) {
                call.completeExceptionally(failed);
            }
        });
        while (guards.find("greeting").orElseThrow().counts().waiting() == 0) {
            Thread.onSpinWait();
        }

        provide(bundle("2.0.0", ""), () -> "new");

        assertThat(call.get(20, TimeUnit.SECONDS)).isEqualTo("new");
    }

    @Test
    void letsNobodyWaitForAnInterfaceThatGoesWithItsBundle() throws Exception {
        guards.limit(List.of());
        var provider = bundleWithAnInterface("acme.Own");
        var own = provider.loadClass("acme.Own");
        var service = Proxy.newProxyInstance(own.getClassLoader(), new Class<?>[] {own}, (_, _, _) -> "own");
        var registration = provider.getBundleContext()
                .registerService("acme.Own", service, FrameworkUtil.asDictionary(Map.of("provides.capability", "own")));
        var context = provider.getBundleContext();
        var reference = context.getServiceReferences("acme.Own", "(capability.name=own)")[0];
        var facade = context.getService(reference);
        var speak = own.getMethod("speak");
        assertThat(speak.invoke(facade)).isEqualTo("own");

        registration.unregister();

        assertThat(context.getServiceReferences("acme.Own", "(capability.name=own)"))
                .isNull();
        assertThat(guards.find("own")).isEmpty();
        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThatThrownBy(() -> speak.invoke(facade)).hasCauseInstanceOf(CapabilityException.class));
    }

    /** A bundle that brings an interface of its own, with one method, {@code speak}. */
    private Bundle bundleWithAnInterface(String name) throws Exception {
        var manifest = new Manifest();
        var main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", "own");
        var type = ClassFile.of()
                .build(
                        ClassDesc.of(name),
                        built -> built.withFlags(AccessFlag.PUBLIC, AccessFlag.INTERFACE, AccessFlag.ABSTRACT)
                                .withMethod(
                                        "speak",
                                        MethodTypeDesc.of(ConstantDescs.CD_Object),
                                        ClassFile.ACC_PUBLIC | ClassFile.ACC_ABSTRACT,
                                        _ -> {}));
        var bytes = new ByteArrayOutputStream();
        try (var jar = new JarOutputStream(bytes, manifest)) {
            jar.putNextEntry(new JarEntry(name.replace('.', '/') + ".class"));
            jar.write(type);
        }
        var installed = framework
                .getBundleContext()
                .installBundle("test:" + name, new ByteArrayInputStream(bytes.toByteArray()));
        installed.start();
        return installed;
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
