package org.openclaw.agent.runtime.type;

import java.util.Comparator;

/**
 * Which of several versions serves: the highest version; of equal versions the higher ranking; of equal rankings the
 * oldest registration. The greatest serves.
 */
public record Precedence(int major, int minor, int micro, String qualifier, int ranking, long registration)
        implements Comparable<Precedence> {
    private static final Comparator<Precedence> ORDER = Comparator.comparingInt(Precedence::major)
            .thenComparingInt(Precedence::minor)
            .thenComparingInt(Precedence::micro)
            .thenComparing(Precedence::qualifier)
            .thenComparingInt(Precedence::ranking)
            .thenComparing(Precedence::registration, Comparator.reverseOrder());

    @Override
    public int compareTo(Precedence other) {
        return ORDER.compare(this, other);
    }

    /** The version as text. */
    public String version() {
        return major + "." + minor + "." + micro + (qualifier.isEmpty() ? "" : "." + qualifier);
    }
}
