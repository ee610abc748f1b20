package org.openclaw.test.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.message.Address;
import org.openclaw.message.Tenant;
import org.openclaw.store.AgentName;
import org.openclaw.store.Change;
import org.openclaw.store.Key;
import org.openclaw.store.Kind;
import org.openclaw.store.TurnStore;

/**
 * What every {@link TurnStore} does. A provider extends it, says how one is opened, and adds what is special about it: above
 * all what it does when the disk fails.
 */
public abstract class TurnStoreContract {
    private static final int ROUNDS = 400;
    private static final AgentName FIRST_OF_ALL = name("a", "a", "!");

    @TempDir
    private Path folder;

    /** Opens the store of a folder, or makes one; the suite closes it. */
    protected abstract TurnStore open(Path folder) throws IOException;

    /** A folder of this test alone. */
    protected final Path folder() {
        return folder;
    }

    @Test
    void hasNothingAtFirst() throws Exception {
        try (var store = open(folder)) {
            assertThat(store.get(Key.agent(1))).isEmpty();
            assertThat(all(store, Kind.INBOX)).isEmpty();
            assertThat(store.agent(FIRST_OF_ALL)).isEmpty();
            assertThat(store.names(FIRST_OF_ALL, 10)).isEmpty();
        }
    }

    @Test
    void keepsWhatWasCommittedWhenItIsOpenedAgain() throws Exception {
        try (var store = open(folder)) {
            store.commit(List.of(
                    put(Key.agent(7), "state"),
                    put(Key.inbox(7, 1), "message"),
                    new Change.Name(name("default", "order", "7"), 7)));
            store.commit(List.of(new Change.Remove(Key.inbox(7, 1))));
        }
        try (var store = open(folder)) {
            assertThat(store.get(Key.agent(7)))
                    .hasValueSatisfying(value -> assertThat(value).asString().isEqualTo("state"));
            assertThat(store.get(Key.inbox(7, 1))).isEmpty();
            assertThat(store.agent(name("default", "order", "7"))).hasValue(7);
        }
    }

    @Test
    void countsTheLaterOfTwoChangesOfOneKey() throws Exception {
        try (var store = open(folder)) {
            store.commit(List.of(
                    put(Key.agent(1), "a"),
                    put(Key.agent(1), "b"),
                    put(Key.agent(2), "c"),
                    new Change.Remove(Key.agent(2)),
                    new Change.Remove(Key.agent(3)),
                    put(Key.agent(3), "d"),
                    new Change.Name(FIRST_OF_ALL, 1),
                    new Change.Unname(FIRST_OF_ALL)));
            assertThat(all(store, Kind.AGENT)).containsExactly("1.0=b", "3.0=d");
            assertThat(store.agent(FIRST_OF_ALL)).isEmpty();
        }
    }

    @Test
    void refusesACommitBeyondWhatItSaysAndKeepsOn() throws Exception {
        try (var store = open(folder)) {
            long most = store.largestCommit();
            assertThat(most).isPositive();
            if (most < Integer.MAX_VALUE / 2) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() ->
                                store.commit(List.of(new Change.Put(Key.agent(1), new byte[(int) most + 1]))));
            }
            store.commit(List.of(put(Key.agent(2), "kept")));
            assertThat(all(store, Kind.AGENT)).containsExactly("2.0=kept");
        }
    }

    @Test
    void commitsNothingWithoutComplaint() throws Exception {
        try (var store = open(folder)) {
            store.commit(List.of());
            store.commit(List.of(new Change.Remove(Key.agent(1)), new Change.Unname(FIRST_OF_ALL)));
            assertThat(all(store, Kind.AGENT)).isEmpty();
        }
    }

    @Test
    void keepsTheKindsApart() throws Exception {
        try (var store = open(folder)) {
            for (var kind : Kind.values()) {
                store.commit(List.of(put(new Key(kind, 1, 2), kind.name())));
            }
            for (var kind : Kind.values()) {
                assertThat(all(store, kind)).containsExactly("1.2=" + kind.name());
            }
        }
    }

    @Test
    void listsInTheOrderOfUnsignedNumbers() throws Exception {
        try (var store = open(folder)) {
            long[] numbers = {-1, 0, Long.MIN_VALUE, 1, 256, Long.MAX_VALUE, 255};
            for (long number : numbers) {
                store.commit(List.of(put(Key.inbox(number, 1), ""), put(Key.inbox(3, number), "")));
            }
            var keys = store.scan(Key.inbox(0, 0), Key.inbox(-1, -1), 100).stream()
                    .map(TurnStore.Entry::key)
                    .toList();
            assertThat(keys).hasSize(2 * numbers.length).isSorted();
        }
    }

    @Test
    void listsFromTheFirstUpToTheLastAndNoMoreThanAsked() throws Exception {
        try (var store = open(folder)) {
            for (int place = 1; place <= 5; place++) {
                store.commit(List.of(put(Key.inbox(1, place), ""), put(Key.inbox(2, place), "")));
            }
            assertThat(places(store, Key.inbox(1, 2), Key.inbox(1, 4), 10)).containsExactly(2L, 3L);
            assertThat(places(store, Key.inbox(1, 0), Key.inbox(2, 0), 3)).containsExactly(1L, 2L, 3L);
            assertThat(places(store, Key.inbox(1, 6), Key.inbox(2, 0), 3)).isEmpty();
            assertThat(places(store, Key.inbox(1, 4), Key.inbox(1, 4), 3)).isEmpty();
            assertThat(places(store, Key.inbox(2, 4), Key.inbox(1, 4), 3)).isEmpty();
            assertThat(places(store, Key.inbox(1, 1), Key.inbox(2, 0), 0)).isEmpty();
        }
    }

    @Test
    void refusesToListAcrossKinds() throws Exception {
        try (var store = open(folder)) {
            assertThatIllegalArgumentException().isThrownBy(() -> store.scan(Key.agent(1), Key.inbox(1, 1), 1));
        }
    }

    @Test
    void listsNamesByTenantTypeAndKeyByteByByte() throws Exception {
        var sorted = List.of(
                name("a", "b", "z"),
                name("a", "b-c", "a"),
                name("a", "b.c", "a"),
                name("a", "c", "A"),
                name("a", "c", "a"),
                name("a", "c", "a/b"),
                name("a", "c", "ab"),
                name("a", "c", "\u00e9"),
                name("a", "c", "\uffee"),
                name("a", "c", "\ud83d\ude00"),
                name("a-b", "a", "a"),
                name("b", "a", "a"));
        try (var store = open(folder)) {
            for (var name : sorted.reversed()) {
                store.commit(List.of(new Change.Name(name, sorted.indexOf(name))));
            }
            assertThat(store.names(FIRST_OF_ALL, 100))
                    .extracting(TurnStore.Named::name)
                    .containsExactlyElementsOf(sorted);
            assertThat(store.names(sorted.get(3), 2))
                    .extracting(TurnStore.Named::agent)
                    .containsExactly(4L, 5L);
            assertThat(store.names(name("a", "c", "aa"), 1))
                    .extracting(TurnStore.Named::agent)
                    .containsExactly(6L);
        }
    }

    @Test
    void givesANameToAnotherAgent() throws Exception {
        try (var store = open(folder)) {
            store.commit(List.of(new Change.Name(FIRST_OF_ALL, 1)));
            store.commit(List.of(new Change.Name(FIRST_OF_ALL, Long.MAX_VALUE)));
            assertThat(store.agent(FIRST_OF_ALL)).hasValue(Long.MAX_VALUE);
        }
    }

    @Test
    void givesAwayArraysThatMayBeChanged() throws Exception {
        try (var store = open(folder)) {
            store.commit(List.of(put(Key.agent(1), "abc")));
            Arrays.fill(store.get(Key.agent(1)).orElseThrow(), (byte) 0);
            Arrays.fill(store.scan(Key.agent(1), Key.agent(2), 1).getFirst().value(), (byte) 0);
            assertThat(all(store, Kind.AGENT)).containsExactly("1.0=abc");
        }
    }

    @Test
    void keepsValuesOfNoneAndOfManyBytes() throws Exception {
        var many = new byte[1 << 20];
        RandomGenerator.of("L64X128MixRandom").nextBytes(many);
        try (var store = open(folder)) {
            store.commit(
                    List.of(new Change.Put(Key.agent(1), new byte[0]), new Change.Put(Key.agent(2), many.clone())));
        }
        try (var store = open(folder)) {
            assertThat(store.get(Key.agent(1))).hasValue(new byte[0]);
            assertThat(store.get(Key.agent(2))).hasValue(many);
        }
    }

    /** Whoever lists sees whole commits: each of them moves the one entry to another key. */
    @Test
    void showsACommitAsAWholeWhileOthersList() throws Exception {
        try (var store = open(folder);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            store.commit(List.of(put(Key.inbox(0, 0), "")));
            var done = new AtomicBoolean();
            var reader = threads.submit(() -> {
                long lists = 0;
                while (!done.get() || lists == 0) {
                    assertThat(store.scan(Key.inbox(0, 0), Key.inbox(0, -1), 10))
                            .hasSize(1);
                    lists++;
                }
                return lists;
            });
            for (int place = 1; place <= ROUNDS; place++) {
                store.commit(List.of(new Change.Remove(Key.inbox(0, place - 1)), put(Key.inbox(0, place), "")));
            }
            done.set(true);
            assertThat(reader.get()).isPositive();
        }
    }

    @Test
    void listsTheSameKeysWithTheSizesOfTheirValues() throws Exception {
        try (var store = open(folder)) {
            for (int place = 1; place <= 5; place++) {
                store.commit(List.of(new Change.Put(Key.inbox(1, place), new byte[place * 100])));
            }
            store.commit(List.of(new Change.Remove(Key.inbox(1, 3)), put(Key.inbox(1, 5), "")));
            assertThat(store.list(Key.first(Kind.INBOX), Key.end(Kind.INBOX), 10))
                    .containsExactly(
                            new TurnStore.Listed(Key.inbox(1, 1), 100),
                            new TurnStore.Listed(Key.inbox(1, 2), 200),
                            new TurnStore.Listed(Key.inbox(1, 4), 400),
                            new TurnStore.Listed(Key.inbox(1, 5), 0));
            assertThat(store.list(Key.inbox(1, 2), Key.end(Kind.INBOX), 2))
                    .extracting(listed -> listed.key().second())
                    .containsExactly(2L, 4L);
        }
    }

    @Test
    void copiesWhatWasCommittedUpToOneMomentWhileCommitsGoOn() throws Exception {
        try (var store = open(folder.resolve("store"));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            store.commit(List.of(number(0), new Change.Name(FIRST_OF_ALL, 4711)));
            var started = new CountDownLatch(1);
            var done = new AtomicBoolean();
            var committed = threads.submit(() -> {
                long number = 0;
                while (!done.get()) {
                    number++;
                    // one behind the other: the state, and the messages that make it up
                    store.commit(List.of(number(number), new Change.Put(Key.inbox(1, number), new byte[200])));
                    started.countDown();
                }
                return number;
            });
            started.await();
            for (int copy = 1; copy <= 3; copy++) {
                long before = number(store);
                store.checkpoint(folder.resolve("copy " + copy));
                long after = number(store) + 1;
                try (var copied = open(folder.resolve("copy " + copy))) {
                    long moment = number(copied);
                    assertThat(moment).isBetween(before, after);
                    assertThat(copied.list(Key.first(Kind.INBOX), Key.end(Kind.INBOX), Integer.MAX_VALUE))
                            .extracting(listed -> listed.key().second())
                            .isEqualTo(LongStream.rangeClosed(1, moment).boxed().toList());
                    assertThat(copied.agent(FIRST_OF_ALL)).hasValue(4711);
                    // it is a store like any other
                    copied.commit(List.of(number(moment + 1)));
                }
            }
            done.set(true);
            long last = committed.get();
            assertThat(number(store)).isEqualTo(last);
        }
    }

    private static Change number(long number) {
        return new Change.Put(
                Key.agent(1), ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    private static long number(TurnStore store) throws IOException {
        return ByteBuffer.wrap(store.get(Key.agent(1)).orElseThrow()).getLong();
    }

    @Test
    void refusesToCopyIntoAFolderThatExists() throws Exception {
        var there = Files.createDirectory(folder.resolve("there"));
        try (var store = open(folder.resolve("store"))) {
            assertThatExceptionOfType(FileAlreadyExistsException.class)
                    .isThrownBy(() -> store.checkpoint(there))
                    .withMessageContaining(there.toString());
            assertThat(there).isEmptyDirectory();
        }
    }

    @Test
    void saysHowMuchRoomThereIs() throws Exception {
        try (var store = open(folder)) {
            assertThat(store.room()).isPositive();
        }
    }

    /** Against a map in memory, with the store closed and opened again now and then. */
    @Test
    void doesWhatAMapWouldDo() throws Exception {
        long seed = System.nanoTime();
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        NavigableMap<Key, byte[]> entries = new TreeMap<>();
        NavigableMap<AgentName, Long> names = new TreeMap<>();
        Set<Key> gone = new HashSet<>();
        var store = open(folder);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                var changes = new ArrayList<Change>();
                for (int count = random.nextInt(12); count > 0; count--) {
                    change(random, gone).ifPresent(changes::add);
                }
                store.commit(changes);
                changes.forEach(change -> apply(change, entries, names));
                if (random.nextInt(40) == 0) {
                    store.close();
                    store = open(folder);
                }
                compare(store, random, entries, names, "seed " + seed + ", round " + round);
            }
        } finally {
            store.close();
        }
    }

    /**
     * Some change.
     *
     * @param gone the keys that must not be used again
     */
    private static Optional<Change> change(RandomGenerator random, Set<Key> gone) {
        return switch (random.nextInt(6)) {
            case 0 -> Optional.of(new Change.Name(name(random), random.nextLong()));
            case 1 -> Optional.of(new Change.Unname(name(random)));
            case 2, 3 -> {
                var key = key(random);
                if (neverAgain(key.kind())) {
                    gone.add(key);
                }
                yield Optional.of(new Change.Remove(key));
            }
            default -> {
                var value = new byte[random.nextInt(300)];
                random.nextBytes(value);
                var key = key(random);
                yield gone.contains(key) ? Optional.empty() : Optional.of(new Change.Put(key, value));
            }
        };
    }

    private static boolean neverAgain(Kind kind) {
        return switch (kind) {
            case INBOX, TIMER, DEAD, OUTCOME, STEP -> true;
            case NODE, AGENT, HELD, TOPIC -> false;
        };
    }

    /** Of few keys, so that they meet; of more where they are used up. */
    private static Key key(RandomGenerator random) {
        var kind = Kind.of(random.nextInt(Kind.values().length));
        int more = neverAgain(kind) ? 10 : 1;
        return new Key(kind, random.nextInt(-2, 3 * more), random.nextInt(-2, 4 * more));
    }

    private static AgentName name(RandomGenerator random) {
        return name("t" + random.nextInt(2), "type" + random.nextInt(2), "k" + random.nextInt(5));
    }

    private static void apply(Change change, NavigableMap<Key, byte[]> entries, NavigableMap<AgentName, Long> names) {
        switch (change) {
            case Change.Put(var key, var value) -> entries.put(key, value.clone());
            case Change.Remove(var key) -> entries.remove(key);
            case Change.Name(var name, var agent) -> names.put(name, agent);
            case Change.Unname(var name) -> names.remove(name);
        }
    }

    private static void compare(
            TurnStore store,
            RandomGenerator random,
            NavigableMap<Key, byte[]> entries,
            NavigableMap<AgentName, Long> names,
            String when)
            throws IOException {
        var key = key(random);
        assertThat(store.get(key).map(Arrays::toString))
                .as("%s: %s", when, key)
                .isEqualTo(Optional.ofNullable(entries.get(key)).map(Arrays::toString));
        var from = key(random);
        var other = key(random);
        var before = new Key(from.kind(), other.first(), other.second());
        int limit = random.nextInt(20);
        var expected = from.compareTo(before) < 0
                ? entries.subMap(from, before).entrySet().stream()
                        .limit(limit)
                        .map(each -> shown(each.getKey(), each.getValue()))
                        .toList()
                : List.<String>of();
        assertThat(store.scan(from, before, limit))
                .as("%s: at most %d from %s before %s", when, limit, from, before)
                .extracting(entry -> shown(entry.key(), entry.value()))
                .isEqualTo(expected);
        assertThat(store.list(from, before, limit))
                .as("%s: list at most %d from %s before %s", when, limit, from, before)
                .extracting(listed -> listed.key() + " of " + listed.size())
                .isEqualTo(
                        from.compareTo(before) < 0
                                ? entries.subMap(from, before).entrySet().stream()
                                        .limit(limit)
                                        .map(each -> each.getKey() + " of " + each.getValue().length)
                                        .toList()
                                : List.<String>of());
        var name = name(random);
        var agent = names.get(name);
        assertThat(store.agent(name))
                .as("%s: %s", when, name)
                .isEqualTo(agent == null ? OptionalLong.empty() : OptionalLong.of(agent));
        assertThat(store.names(name, limit))
                .as("%s: at most %d behind %s", when, limit, name)
                .isEqualTo(names.tailMap(name, false).entrySet().stream()
                        .limit(limit)
                        .map(each -> new TurnStore.Named(each.getKey(), each.getValue()))
                        .toList());
    }

    private static String shown(Key key, byte[] value) {
        return key + "=" + Arrays.toString(value);
    }

    private static AgentName name(String tenant, String type, String key) {
        return new AgentName(new Tenant(tenant), new Address(type, key));
    }

    private static Change put(Key key, String value) {
        return new Change.Put(key, value.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> all(TurnStore store, Kind kind) throws IOException {
        return store.scan(new Key(kind, 0, 0), new Key(kind, -1, -1), 100).stream()
                .map(entry -> Long.toUnsignedString(entry.key().first())
                        + "."
                        + Long.toUnsignedString(entry.key().second())
                        + "="
                        + new String(entry.value(), StandardCharsets.UTF_8))
                .toList();
    }

    private static List<Long> places(TurnStore store, Key from, Key before, int limit) throws IOException {
        return store.scan(from, before, limit).stream()
                .map(entry -> entry.key().second())
                .toList();
    }
}
