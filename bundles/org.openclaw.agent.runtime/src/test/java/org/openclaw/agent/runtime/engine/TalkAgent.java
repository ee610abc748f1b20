package org.openclaw.agent.runtime.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.openclaw.agent.Agent;
import org.openclaw.agent.OnFailure;
import org.openclaw.agent.Turn;
import org.openclaw.message.Address;

/** Does in each turn what a test says for its key; what it hears, and what that made of it, is its memory. */
@OnFailure(attempts = 3, firstWaitMillis = 1000)
public final class TalkAgent implements Agent<Talk, Talk.Memory> {
    /** How often a handler has begun, by key. */
    final Map<String, AtomicInteger> runs = new ConcurrentHashMap<>();

    private final Map<String, Script> scripts = new ConcurrentHashMap<>();

    /** What a turn does. */
    @FunctionalInterface
    interface Script {
        /** @return what is remembered */
        String run(String what, Turn turn) throws Exception;
    }

    TalkAgent with(String key, Script script) {
        scripts.put(key, script);
        return this;
    }

    int runs(String key) {
        return runs.getOrDefault(key, new AtomicInteger()).get();
    }

    @Override
    public Talk.Memory initial(Address self) {
        return new Talk.Memory("");
    }

    @Override
    public Talk.Memory handle(Talk message, Talk.Memory state, Turn turn) throws Exception {
        var key = turn.self().key();
        return switch (message) {
            case Talk.Heard _ -> turn.answer(state);
            case Talk.Word(var what) -> state.and("<" + what + ">");
            case Talk.Hear(var what) -> {
                runs.computeIfAbsent(key, _ -> new AtomicInteger()).incrementAndGet();
                var script = scripts.get(key);
                yield state.and(script == null ? what : script.run(what, turn));
            }
        };
    }
}
