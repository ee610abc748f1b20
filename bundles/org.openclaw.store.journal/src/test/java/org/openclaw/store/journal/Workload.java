package org.openclaw.store.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.openclaw.message.Address;
import org.openclaw.message.Tenant;
import org.openclaw.store.AgentName;
import org.openclaw.store.Change;
import org.openclaw.store.Key;
import org.openclaw.store.Kind;

/**
 * Commits as an engine makes them, and some that are odd but allowed: numbers of messages and timers mostly rise, and no key is
 * used again whose kind forbids it.
 */
final class Workload {
    private static final int AGENTS = 6;
    private static final int LARGEST = 450;

    private final RandomGenerator random;
    private long number;

    Workload(RandomGenerator random) {
        this.random = random;
    }

    /** Some changes of what is there. */
    List<Change> changes(Model now) {
        var changes = new ArrayList<Change>();
        for (int count = random.nextInt(1, 8); count > 0; count--) {
            changes.add(change(now, changes));
        }
        return changes;
    }

    private Change change(Model now, List<Change> before) {
        return switch (random.nextInt(12)) {
            case 0 -> new Change.Name(anyName(), random.nextLong());
            case 1 -> new Change.Unname(anyName());
            case 2 -> new Change.Remove(new Key(reusable(), random.nextInt(AGENTS), 0));
            case 3, 4 -> new Change.Put(new Key(reusable(), random.nextInt(AGENTS), 0), value());
            case 5, 6, 7 -> new Change.Put(fresh(), value());
            case 8 -> again(now, before);
            default -> removal(now);
        };
    }

    private Kind reusable() {
        return List.of(Kind.NODE, Kind.AGENT, Kind.HELD).get(random.nextInt(3));
    }

    private Kind onceOnly() {
        return List.of(Kind.INBOX, Kind.TIMER, Kind.DEAD, Kind.OUTCOME, Kind.STEP)
                .get(random.nextInt(5));
    }

    /** A key that was never used: mostly with the next number, sometimes with one that was passed over. */
    private Key fresh() {
        number += 2;
        return key(onceOnly(), random.nextInt(8) == 0 ? number - 101 : number);
    }

    private Key key(Kind kind, long unique) {
        return switch (kind) {
            case INBOX, TIMER -> new Key(kind, random.nextInt(AGENTS), unique);
            default -> new Key(kind, unique, random.nextInt(AGENTS));
        };
    }

    /** A key of the same commit or of before once more, as long as it is there. */
    private Change again(Model now, List<Change> before) {
        if (!before.isEmpty() && before.getLast() instanceof Change.Put(var key, var _)) {
            return random.nextBoolean() ? new Change.Put(key, value()) : new Change.Remove(key);
        }
        var keys = now.keys(onceOnly());
        keys.removeIf(key -> before.stream()
                .anyMatch(change -> change instanceof Change.Remove(var removed) && removed.equals(key)));
        return keys.isEmpty()
                ? new Change.Put(fresh(), value())
                : new Change.Put(keys.get(random.nextInt(keys.size())), value());
    }

    private Change removal(Model now) {
        var keys = now.keys(onceOnly());
        return new Change.Remove(keys.isEmpty() ? fresh() : keys.get(random.nextInt(Math.min(keys.size(), 4))));
    }

    private byte[] value() {
        var value = new byte[random.nextInt(10) == 0 ? random.nextInt(LARGEST) : random.nextInt(60)];
        random.nextBytes(value);
        return value;
    }

    /** Some key, whether it is there or not. */
    Key anyKey() {
        var kind = Kind.of(random.nextInt(Kind.values().length));
        return switch (kind) {
            case NODE, AGENT, HELD -> new Key(kind, random.nextInt(AGENTS), 0);
            default -> key(kind, random.nextLong(Math.max(0, number - 60), number + 2));
        };
    }

    AgentName anyName() {
        return new AgentName(
                new Tenant("t" + random.nextInt(2)), new Address("type" + random.nextInt(2), "k" + random.nextInt(5)));
    }
}
