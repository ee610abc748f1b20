package org.openclaw.agent.runtime.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.openclaw.store.Key;
import org.openclaw.store.Kind;

/** Which dead letters there are, by the number of their message. Belongs to the thread of the {@link Core}. */
final class Letters {
    private final TreeMap<Long, Long> agents = new TreeMap<>();
    private final Steps steps;
    private final int bound;
    private volatile long count;

    Letters(Shelf shelf, Steps steps, int bound) {
        this.steps = steps;
        this.bound = bound;
        for (var from = Key.first(Kind.DEAD); ; ) {
            var page = shelf.keys(from, Shelf.PAGE);
            page.forEach(entry -> agents.put(entry.key().first(), entry.key().second()));
            if (page.size() < Shelf.PAGE) {
                break;
            }
            from = Shelf.behind(page.getLast().key());
        }
        count = agents.size();
    }

    /** Whether no more are taken. */
    boolean isFull() {
        return agents.size() >= bound;
    }

    /** How many there are. May be called by any thread. */
    long count() {
        return count;
    }

    boolean has(long agent, long number) {
        return agents.getOrDefault(number, 0L) == agent;
    }

    void add(long agent, long number, DeadRecord letter, Transaction into) {
        agents.put(number, agent);
        count = agents.size();
        into.put(new Key(Kind.DEAD, number, agent), letter.bytes());
    }

    /** It goes for good, and its steps with it; false when there is none. */
    boolean discard(long agent, long number, Transaction into) {
        boolean there = remove(agent, number, into);
        if (there) {
            steps.forget(number, into);
        }
        return there;
    }

    /** False when there is none. */
    boolean remove(long agent, long number, Transaction into) {
        if (!agents.remove(number, agent)) {
            return false;
        }
        count = agents.size();
        into.remove(new Key(Kind.DEAD, number, agent));
        return true;
    }

    /** Those of an agent that is purged. */
    void discardAll(long agent, Transaction into) {
        List<Long> numbers = new ArrayList<>();
        agents.forEach((number, of) -> {
            if (of == agent) {
                numbers.add(number);
            }
        });
        numbers.forEach(number -> discard(agent, number, into));
    }
}
