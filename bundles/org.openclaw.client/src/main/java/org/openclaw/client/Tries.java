package org.openclaw.client;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;

/**
 * When something that fails is tried again, and when no more: ever later, until the patience is over, which counts from the first
 * failure; what takes its time and then fails has used none of it before. For one thread at a time.
 */
final class Tries {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    /** With less than that left, one more try has no time for its answer. */
    private static final Duration LEAST_LEFT = Duration.ofMillis(10);

    private final Time time;
    private final Duration patience;
    private final Optional<Deadline> until;
    private OptionalLong failingSince = OptionalLong.empty();
    private Duration pause = FIRST_PAUSE;

    /** @param until when it is over in any case */
    Tries(Time time, Duration patience, Optional<Deadline> until) {
        this.time = time;
        this.patience = patience;
        this.until = until;
    }

    /**
     * It has failed once more.
     *
     * @param said how long the container says to stay away
     * @return how long to wait before it is tried again; empty when it is not
     */
    Optional<Duration> again(Duration said) {
        long now = time.nanos();
        long since = failingSince.orElse(now);
        failingSince = OptionalLong.of(since);
        var wait = longer(said, pause());
        return Duration.ofNanos(now - since).plus(wait).compareTo(patience) > 0 ? Optional.empty() : inTime(wait, said);
    }

    /** The next pause: each is twice as long as the one before it. */
    private Duration pause() {
        var next = pause;
        pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
        return next;
    }

    /** Before the end, as long as there is time for an answer: a pause leaves half of it, unless the container says more. */
    private Optional<Duration> inTime(Duration wait, Duration said) {
        if (until.isEmpty()) {
            return Optional.of(jittered(wait));
        }
        var left = until.get().left();
        var bounded = shorter(jittered(wait), longer(said, left.dividedBy(2)));
        return left.minus(bounded).compareTo(LEAST_LEFT) < 0 ? Optional.empty() : Optional.of(bounded);
    }

    /** A little more, so that those who were refused together do not come again together. */
    private static Duration jittered(Duration pause) {
        return pause.plusMillis(ThreadLocalRandom.current().nextLong(1 + pause.toMillis() / 2));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
