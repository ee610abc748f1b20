package org.openclaw.agent.runtime.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.openclaw.agent.runtime.type.AgentVersion;

/** The handlers at work: who takes long, and who runs on which version. Thread-safe. */
final class Calls {
    private final Set<Call> running = ConcurrentHashMap.newKeySet();

    void began(Call call) {
        running.add(call);
    }

    void ended(Call call) {
        running.remove(call);
    }

    /** The handlers of one version. */
    List<Call> of(AgentVersion version) {
        return running.stream().filter(call -> call.version() == version).toList();
    }

    List<Call> all() {
        return List.copyOf(running);
    }

    /** A text, with the stack, for every handler that has taken too long and was not reported lately. */
    List<String> overdue(Instant now) {
        return running.stream()
                .filter(call -> call.isDue(now))
                .map(call -> text(call, now))
                .toList();
    }

    /** The turns that have taken longer than they may. */
    List<Call> overLimit(Instant now) {
        return running.stream()
                .filter(call -> call.isOpen() && call.isOverLimit(now))
                .toList();
    }

    boolean any() {
        return !running.isEmpty();
    }

    /** Those that began so long ago and are on a processor now. */
    List<Call> holding(Instant now, Duration atLeast) {
        return running.stream()
                .filter(call -> Duration.between(call.since(), now).compareTo(atLeast) >= 0)
                .filter(call -> isMounted(call.thread()))
                .toList();
    }

    /** A virtual thread shows its carrier only while it is on it. */
    private static boolean isMounted(Thread thread) {
        return thread.getState() == Thread.State.RUNNABLE && thread.toString().contains("@");
    }

    private static String text(Call call, Instant now) {
        var stack = Arrays.stream(call.thread().getStackTrace())
                .map(frame -> "\n\tat " + frame)
                .collect(Collectors.joining());
        return "A turn of %s (tenant %s) on %s for a %s has not ended after %d s; it goes on, and other agents beside it. Its stack:%s"
                .formatted(
                        call.agent().address(),
                        call.agent().tenant(),
                        call.version(),
                        call.messageType(),
                        Duration.between(call.since(), now).toSeconds(),
                        stack.isEmpty() ? " (none)" : stack);
    }
}
