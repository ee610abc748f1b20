package org.openclaw.store.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ProgressTest {
    @Test
    void readsTheMarkOfAReleaseThatKnewFewerKinds() throws Exception {
        var highest = new long[Kinds.COUNT];
        Arrays.fill(highest, 7);
        var bytes = new Progress(3, 2, highest).bytes();

        var read = Progress.read(Arrays.copyOf(bytes, bytes.length - Long.BYTES));

        highest[Kinds.COUNT - 1] = 0;
        assertThat(read.highest()).containsExactly(highest);
        assertThat(read.interrupted()).isTrue();
    }
}
