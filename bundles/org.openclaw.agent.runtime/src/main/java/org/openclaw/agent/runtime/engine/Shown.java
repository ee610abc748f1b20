package org.openclaw.agent.runtime.engine;

import java.util.Optional;
import org.openclaw.agent.Preview;
import org.openclaw.agent.PreviewId;
import org.openclaw.message.Tenant;
import org.openclaw.store.AgentName;

/** What one run of a handler has shown: the latest of it. Belongs to whoever holds the lock of the {@link PreviewBoard}. */
final class Shown {
    /** In UTF-16 code units. */
    static final int MOST = 1 << 16;

    /** What is left where it has become too much: so it is moved seldom. */
    private static final int LEFT = MOST * 3 / 4;

    private final AgentName agent;
    private final long run;
    private final int attempt;
    private final StringBuilder kept = new StringBuilder();
    /** How much it has shown in all. */
    private long count;

    /**
     * @param run tells it from all others
     * @param attempt which one it is, as far as the node knows
     */
    Shown(AgentName agent, long run, int attempt) {
        this.agent = agent;
        this.run = run;
        this.attempt = attempt;
    }

    AgentName agent() {
        return agent;
    }

    int attempt() {
        return attempt;
    }

    /** How much of it is kept. */
    int size() {
        return kept.length();
    }

    void append(String text) {
        count += text.length();
        kept.append(text, Math.max(0, text.length() - MOST), text.length());
        if (kept.length() > MOST) {
            forget(kept.length() - LEFT);
        }
    }

    /** Forgets so much of the oldest, and the other half of a character that would be cut in two. */
    void forget(int oldest) {
        boolean cuts = oldest < kept.length() && Character.isLowSurrogate(kept.charAt(oldest));
        kept.delete(0, cuts ? oldest + 1 : oldest);
        if (kept.isEmpty()) {
            kept.trimToSize();
        }
    }

    boolean isOf(Tenant tenant) {
        return agent.tenant().equals(tenant);
    }

    /** What comes behind a cursor, which may be of another run; empty when nothing does. */
    Optional<Preview> read(PreviewId after, int limit) {
        boolean here = after.run() == run;
        int number = here ? after.attempt() : Math.max(attempt, after.attempt() + 1);
        long from = here ? Math.min(after.offset(), count) : 0;
        long begin = count - kept.length();
        int start = (int) Math.max(0, from - begin);
        int end = end(start, limit);
        boolean missed = from < begin;
        if (start == end && !missed) {
            return Optional.empty();
        }
        return Optional.of(new Preview(
                begin + start,
                wellFormed(kept.substring(start, end)),
                missed,
                new PreviewId(run, number, begin + end)));
    }

    /** Where a text ends that begins there: the first half of a character waits for the other one. */
    private int end(int start, int limit) {
        int end = (int) Math.min(kept.length(), (long) start + limit);
        return end > start && Character.isHighSurrogate(kept.charAt(end - 1)) ? end - 1 : end;
    }

    /** Halves of characters whose other half never came cannot be written as UTF-8. */
    private static String wellFormed(String text) {
        var whole = new StringBuilder(text);
        for (int at = 0; at < whole.length(); at++) {
            if (Character.isHighSurrogate(whole.charAt(at))
                    && at + 1 < whole.length()
                    && Character.isLowSurrogate(whole.charAt(at + 1))) {
                at++;
            } else if (Character.isSurrogate(whole.charAt(at))) {
                whole.setCharAt(at, '\uFFFD');
            }
        }
        return whole.toString();
    }
}
