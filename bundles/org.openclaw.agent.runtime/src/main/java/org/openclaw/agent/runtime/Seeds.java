package org.openclaw.agent.runtime;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.function.LongSupplier;

/**
 * Numbers that nobody can guess, made many at a time: each message takes one, and to make one alone takes several times as long.
 * Thread-safe.
 */
final class Seeds implements LongSupplier {
    private static final int BYTES = 4096;

    private final SecureRandom random;
    private final ByteBuffer made = ByteBuffer.allocate(BYTES).position(BYTES);

    Seeds(SecureRandom random) {
        this.random = random;
    }

    @Override
    public synchronized long getAsLong() {
        if (!made.hasRemaining()) {
            random.nextBytes(made.array());
            made.clear();
        }
        int at = made.position();
        long seed = made.getLong();
        made.putLong(at, 0); // nobody finds in the memory what was given
        return seed;
    }
}
