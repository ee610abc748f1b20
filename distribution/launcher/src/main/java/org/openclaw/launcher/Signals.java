package org.openclaw.launcher;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Ctrl-C and SIGTERM do: the first one asks for a stop, another Ctrl-C halts at once. A shutdown hook alone cannot tell
 * them apart, nor give a clean stop its exit code 0; the JDK offers no other way than {@code sun.misc.Signal}, which is
 * reached by reflection because javac warns of it, rightly, and warnings are errors here.
 */
public final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);
    private static final int HALTED = 130;

    private Signals() {}

    /** Runs {@code stop} at the first signal, on a thread of the JVM's; it must return at once. */
    public static void onStop(Runnable stop) {
        var asked = new AtomicBoolean();
        for (var name : List.of("INT", "TERM")) {
            try {
                handle(name, () -> {
                    // a build tool passes the terminal's Ctrl-C on as a SIGTERM: only a second Ctrl-C is impatience
                    if (asked.getAndSet(true) && name.equals("INT")) {
                        Runtime.getRuntime().halt(HALTED);
                    }
                    stop.run();
                });
            } catch (ReflectiveOperationException unavailable) {
                LOG.info("SIG{} ends the container by the JVM's shutdown hook: {}", name, unavailable.toString());
            }
        }
    }

    private static void handle(String name, Runnable action) throws ReflectiveOperationException {
        var signalType = Class.forName("sun.misc.Signal");
        var handlerType = Class.forName("sun.misc.SignalHandler");
        var handler = Proxy.newProxyInstance(
                handlerType.getClassLoader(),
                new Class<?>[] {handlerType},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "handle" -> {
                        action.run();
                        yield null;
                    }
                    case "equals" ->
                        arguments != null && System.identityHashCode(proxy) == System.identityHashCode(arguments[0]);
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> "stop on SIG" + name;
                });
        var signal = signalType.getConstructor(String.class).newInstance(name);
        signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, handler);
    }
}
