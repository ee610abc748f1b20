package org.openclaw.agent.runtime.engine;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.openclaw.agent.runtime.type.Census.Standing;
import org.openclaw.agent.runtime.type.HostedTypes;
import org.openclaw.message.Address;
import org.openclaw.message.Tenant;

/** The agents of this node by tenant and address. Thread-safe. */
final class Directory {
    private final ConcurrentSkipListMap<Key, Mailbox> mailboxes = new ConcurrentSkipListMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong stateBytes = new AtomicLong();
    private final HostedTypes types;
    private final InstantSource clock;

    Directory(HostedTypes types, InstantSource clock) {
        this.types = types;
        this.clock = clock;
    }

    /** Sorts by tenant, then like {@link Address}. */
    private record Key(String tenant, String type, String key) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::tenant).thenComparing(Key::type).thenComparing(Key::key);

        static Key of(Tenant tenant, Address address) {
            return new Key(tenant.name(), address.type(), address.key());
        }

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    Optional<Mailbox> find(Tenant tenant, Address address) {
        return Optional.ofNullable(mailboxes.get(Key.of(tenant, address)));
    }

    /** The mailbox of an address, which comes into existence if need be. */
    Mailbox of(Tenant tenant, Address address) {
        var found = find(tenant, address);
        if (found.isPresent()) {
            return found.get();
        }
        var type = types.of(address.type());
        var fresh = new Mailbox(tenant, address, type, clock.instant());
        var faster = mailboxes.putIfAbsent(Key.of(tenant, address), fresh);
        if (faster != null) {
            return faster;
        }
        count.incrementAndGet();
        type.agents().incrementAndGet();
        type.census().enter(Standing.PASSIVE);
        return fresh;
    }

    /** Forgets a mailbox that is gone. */
    void remove(Mailbox mailbox) {
        if (mailboxes.remove(Key.of(mailbox.tenant(), mailbox.address()), mailbox)) {
            count.decrementAndGet();
            mailbox.type().agents().decrementAndGet();
            mailbox.type().census().leave(mailbox.counted());
            stateBytes.addAndGet(-mailbox.stateBytes());
            mailbox.type().versions().forEach(version -> version.states().forget(mailbox));
        }
    }

    void grown(long bytes) {
        stateBytes.addAndGet(bytes);
    }

    int count() {
        return count.get();
    }

    long stateBytes() {
        return stateBytes.get();
    }

    /** Whether there is no room for another agent. */
    boolean isFull(Settings settings) {
        return count() >= settings.agents() || stateBytes() >= settings.stateBytes();
    }

    /** The mailboxes of a tenant behind an address, in order. */
    Stream<Mailbox> page(Tenant tenant, Optional<String> type, Optional<Address> after) {
        var typeStart = new Key(tenant.name(), type.orElse(""), "");
        var behind = after.map(address -> Key.of(tenant, address)).orElse(typeStart);
        var from = behind.compareTo(typeStart) < 0 ? typeStart : behind;
        return mailboxes.tailMap(from, false).entrySet().stream()
                .takeWhile(entry -> entry.getKey().tenant().equals(tenant.name()))
                .takeWhile(entry -> type.isEmpty() || entry.getKey().type().compareTo(type.get()) <= 0)
                .filter(entry -> type.isEmpty() || entry.getKey().type().equals(type.get()))
                .map(entry -> entry.getValue());
    }

    List<Mailbox> all() {
        return List.copyOf(mailboxes.values());
    }
}
