package org.openclaw.agent.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openclaw.agent.Agent;
import org.openclaw.agent.runtime.type.AgentVersion;
import org.openclaw.agent.runtime.type.Policy;
import org.openclaw.agent.runtime.type.Precedence;
import org.openclaw.message.Address;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.Receipt;
import org.openclaw.message.Tenant;

/** Whether a version that is gone is gone: each version has its classes from a class loader of its own. */
class ClassLoaderTest {
    private static final String PREFIX = Tally.class.getName();

    private final Bench bench = new Bench();

    @Test
    void keepsNoClassOfFiftyVersionsThatAreGone() throws Exception {
        var loaders = new ArrayList<WeakReference<ClassLoader>>();
        AgentVersion current = null;
        for (int major = 1; major <= 50; major++) {
            var next = throwaway(major, loaders);
            bench.engine.add(next);
            if (current != null) {
                assertThat(bench.engine.remove(current)).isTrue();
            }
            current = next;
            work(major);
        }
        assertThat(current).isNotNull();
        current = null;

        // the last one still serves
        var gone = loaders.subList(0, loaders.size() - 1);
        for (int round = 0; round < 50 && anyLeft(gone); round++) {
            System.gc();
            // soft references are not what keeps them: a little pressure only makes the collector look again
            assertThat(new byte[1 << 20]).isNotEmpty();
        }
        assertThat(gone).allSatisfy(loader -> assertThat(loader.get()).isNull());
        assertThat(loaders.getLast().get()).isNotNull();
    }

    private static boolean anyLeft(List<WeakReference<ClassLoader>> loaders) {
        return loaders.stream().anyMatch(loader -> loader.get() != null);
    }

    /** Everything that could hold on to a class: state, replies, failures with their causes, queries, timers, refusals. */
    private void work(int major) {
        assertThat(bench.run("tally/a", new Tally.Note(major)))
                .isInstanceOfSatisfying(
                        MessageStatus.Done.class,
                        done -> assertThat(done.version()).isEqualTo(major + ".0.0"));
        assertThat(bench.run("tally/idle" + major, new Tally.Note(major))).isInstanceOf(MessageStatus.Done.class);
        assertThat(bench.run("tally/a", new Tally.Fail("of " + major))).isInstanceOf(MessageStatus.Dead.class);
        assertThat(bench.run("tally/a", new Tally.Look())).isInstanceOf(MessageStatus.Done.class);
        assertThat(bench.run("tally/a", new Tally.Remind("timer", 1000, major))).isInstanceOf(MessageStatus.Done.class);
        assertThat(bench.run("tally/a", new Tally.Pass("tally/b", major, 1))).isInstanceOf(MessageStatus.Done.class);
        assertThat(bench.engine.send(
                        Tenant.DEFAULT,
                        Address.of("tally", "a"),
                        bench.message("bad" + major, "tally.Note", org.openclaw.message.Body.json("{\"number\":{}}"))))
                .isInstanceOf(Receipt.Refused.class);
    }

    private static AgentVersion throwaway(int major, List<WeakReference<ClassLoader>> loaders) throws Exception {
        var loader =
                new OwnClasses(Tally.class.getProtectionDomain().getCodeSource().getLocation());
        loaders.add(new WeakReference<>(loader));
        var agent = (Agent<?, ?>)
                loader.loadClass(PREFIX + "Agent").getDeclaredConstructor().newInstance();
        assertThat(agent.getClass().getClassLoader()).isSameAs(loader);
        var descriptor = Fixtures.descriptor("tally", TallyAgent.class, Tally.class, Tally.Noted.class);
        return AgentVersion.bind(descriptor, agent, loader::loadClass, new Precedence(major, 0, 0, "", 0, major))
                .with(Policy.ONCE);
    }

    /** Loads the agent and its messages itself, all else through its parent. */
    private static final class OwnClasses extends URLClassLoader {
        OwnClasses(URL classes) {
            super(new URL[] {classes}, ClassLoaderTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                var loaded = findLoadedClass(name);
                if (loaded != null) {
                    return loaded;
                }
                return name.startsWith(PREFIX) ? findClass(name) : super.loadClass(name, resolve);
            }
        }
    }
}
