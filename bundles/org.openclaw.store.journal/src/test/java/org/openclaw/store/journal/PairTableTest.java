package org.openclaw.store.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PairTableTest {
    private final PairTable table = new PairTable(0);
    private final Map<List<Long>, List<Long>> model = new HashMap<>();

    private Map<List<Long>, List<Long>> content() {
        var content = new LinkedHashMap<List<Long>, List<Long>>();
        for (int slot : table.sorted(0, 0, -1, -1)) {
            content.put(List.of(table.first(slot), table.second(slot)), List.of(table.place(slot), (long)
                    table.length(slot)));
        }
        return content;
    }

    @Test
    void doesWhatAMapDoes() {
        var random = new SplittableRandom(7);
        for (int step = 0; step < 200_000; step++) {
            long first = random.nextInt(40);
            long second = random.nextInt(40) - 20L;
            if (random.nextInt(3) == 0) {
                int slot = table.find(first, second);
                assertThat(slot >= 0).isEqualTo(model.containsKey(List.of(first, second)));
                if (slot >= 0) {
                    table.drop(slot);
                    model.remove(List.of(first, second));
                }
            } else {
                int length = random.nextInt(10) - 1;
                table.put(first, second, step, length);
                model.put(List.of(first, second), List.of((long) step, (long) length));
            }
        }

        assertThat(content()).isEqualTo(model);
        assertThat(table.size()).isEqualTo(model.size());
    }

    @Test
    void findsEveryEntryWhileItGrows() {
        for (long key = 0; key < 100_000; key++) {
            table.put(key, -key, key * 3, 5);
        }

        for (long key = 0; key < 100_000; key++) {
            assertThat(table.place(table.find(key, -key))).isEqualTo(key * 3);
        }
    }

    @Test
    void sortsWhatLiesBetweenTwoKeysAsUnsigned() {
        long[] numbers = {-1, 0, Long.MIN_VALUE, 1, 256, Long.MAX_VALUE, 255};
        for (long number : numbers) {
            table.put(number, 0, 0, 0);
            table.put(1, number, 0, 0);
        }

        assertThat(List.copyOf(content().keySet()))
                .isSortedAccordingTo(
                        (one, other) -> PairTable.compare(one.get(0), one.get(1), other.get(0), other.get(1)))
                .hasSize(2 * numbers.length - 1);
        assertThat(table.sorted(1, 1, 1, 256)).hasSize(2);
    }

    @Test
    void doesNotGrowBeforeItHasAsMuchAsExpected() {
        var large = new PairTable(1000);
        large.put(1, 1, 1, 1);
        int slot = large.find(1, 1);
        for (int key = 2; key <= 1000; key++) {
            large.put(key, key, 1, 1);
        }

        assertThat(large.find(1, 1)).isEqualTo(slot);
    }
}
