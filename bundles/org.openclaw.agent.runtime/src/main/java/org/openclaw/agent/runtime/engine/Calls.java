package org.openclaw.agent.runtime.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.runtime.type.AgentVersion;

/** The handlers at work: who takes long, and who runs on which version. Thread-safe. */
final class Calls {
    private static final int PLACES = 1 << 10;
    private static final int SPREAD = 0x9E3779B9;

    /** Most are here: by their hash, one in each place. */
    private final AtomicReferenceArray<@Nullable Call> places = new AtomicReferenceArray<>(PLACES);
    /** Those whose place was taken. */
    private final Set<Call> others = ConcurrentHashMap.newKeySet();

    private static int place(Call call) {
        return (call.hashCode() * SPREAD) >>> (Integer.SIZE - Integer.numberOfTrailingZeros(PLACES));
    }

    void began(Call call) {
        if (!places.compareAndSet(place(call), null, call)) {
            others.add(call);
        }
    }

    void ended(Call call) {
        if (!places.compareAndSet(place(call), call, null)) {
            others.remove(call);
        }
    }

    private Stream<Call> running() {
        return Stream.concat(
                IntStream.range(0, PLACES).mapToObj(places::get).flatMap(Stream::ofNullable), others.stream());
    }

    /** The handlers of one version. */
    List<Call> of(AgentVersion version) {
        return running().filter(call -> call.version() == version).toList();
    }

    List<Call> all() {
        return running().toList();
    }

    /** A text, with the stack, for every handler that has taken too long and was not reported lately. */
    List<String> overdue(Instant now) {
        return running()
                .filter(call -> call.isDue(now))
                .map(call -> text(call, now))
                .toList();
    }

    /** The turns that have taken longer than they may. */
    List<Call> overLimit(Instant now) {
        return running().filter(call -> call.isOpen() && call.isOverLimit(now)).toList();
    }

    boolean any() {
        return running().findAny().isPresent();
    }

    /** Those that began so long ago and are on a processor now. */
    List<Call> holding(Instant now, Duration atLeast) {
        return running()
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
