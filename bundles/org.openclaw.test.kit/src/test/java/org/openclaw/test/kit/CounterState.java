package org.openclaw.test.kit;

import java.util.List;

/** What a counting agent remembers. */
record CounterState(int total, List<String> drawn) {
    CounterState add(int amount) {
        return new CounterState(total + amount, drawn);
    }

    boolean isEmpty() {
        return total == 0;
    }
}
