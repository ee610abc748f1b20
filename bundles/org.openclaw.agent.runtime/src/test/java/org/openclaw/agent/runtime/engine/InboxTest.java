package org.openclaw.agent.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.openclaw.message.Body;
import org.openclaw.message.Message;

class InboxTest {
    private static final int SIZE = 10;

    private final Budget memory = new Budget(Long.MAX_VALUE, 3 * SIZE);
    private final Inbox inbox = new Inbox(memory);

    private static Envelope body(long number) {
        return Envelope.of(
                Envelope.Origin.DOOR,
                number,
                0,
                0,
                new Message("m", "/test", "tally.Note", Instant.EPOCH, Body.json("{}")));
    }

    @Test
    void keepsTheFirstInMemoryAsFarAsThereIsRoom() {
        var other = new Inbox(memory);
        other.add(1, 2 * SIZE, body(1));
        inbox.add(1, SIZE, body(1));
        inbox.add(2, SIZE, body(2));

        assertThat(inbox.firstBody()).isEqualTo(body(1));
        inbox.remove(0);
        assertThat(inbox.firstBody()).isNull();
        assertThat(inbox.first()).isEqualTo(2);
        other.release();
        inbox.release();
        assertThat(memory.bytes()).isZero();
    }

    /** Against a list, with messages taken out of the middle too. */
    @Test
    void doesWhatAListWouldDo() {
        long seed = System.nanoTime();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var list = new ArrayList<Long>();
        var patience = new HashMap<Long, Integer>();
        boolean patient = random.nextBoolean();
        for (long number = 1; number < 2_000; number++) {
            if (list.isEmpty() || random.nextInt(5) > 1) {
                int other = patient || random.nextInt(4) > 0 ? Urgency.USUAL : (int) number;
                inbox.add(number, SIZE, other, body(number));
                patience.put(number, other);
                list.add(number);
            } else {
                int place = random.nextBoolean() ? 0 : random.nextInt(list.size());
                assertThat(inbox.find(list.get(place))).as("seed %d", seed).isEqualTo(place);
                assertThat(inbox.remove(place)).isEqualTo(SIZE);
                list.remove(place);
            }
            assertThat(inbox.numbers())
                    .as("seed %d, step %d", seed, number)
                    .containsExactly(list.stream().mapToLong(Long::longValue).toArray());
            var first = inbox.isEmpty() ? null : inbox.firstBody();
            if (first != null) {
                assertThat(first.secret()).isEqualTo(inbox.first());
            }
            if (!inbox.isEmpty()) {
                assertThat(inbox.firstPatience()).as("seed %d", seed).isEqualTo(patience.get(inbox.first()));
            }
            assertThat(inbox.bytes()).isEqualTo((long) SIZE * list.size());
            assertThat(memory.bytes()).isLessThanOrEqualTo(3 * SIZE);
        }
        inbox.release();
        assertThat(memory.bytes()).as("seed %d", seed).isZero();
    }
}
