package org.openclaw.launcher;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What somebody who mistyped a name may have meant. */
public final class Suggestion {
    private Suggestion() {}

    /**
     * The known name that is nearest to what was typed; empty when none is near: more than a third of the letters would
     * have to be changed, or the name is there as it was typed.
     */
    public static Optional<String> of(String typed, Collection<String> known) {
        var wanted = typed.toLowerCase(Locale.ROOT);
        return candidates(typed, known)
                .filter(name -> distance(wanted, name.toLowerCase(Locale.ROOT)) <= allowed(wanted, name))
                .min(Comparator.<String>comparingInt(name -> distance(wanted, name.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The same as a sentence with a blank before it, to be put behind another; empty without a suggestion. */
    public static String sentence(String typed, Collection<String> known) {
        return of(typed, known).map(name -> " Did you mean '" + name + "'?").orElse("");
    }

    private static Stream<String> candidates(String typed, Collection<String> known) {
        return known.contains(typed) ? Stream.empty() : known.stream();
    }

    /** A beginning counts as near however much is missing: {@code dep} is {@code deploy}. */
    private static int allowed(String wanted, String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return wanted.length() >= 3 && lower.startsWith(wanted)
                ? lower.length()
                : Math.max(1, Math.max(wanted.length(), lower.length()) / 3);
    }

    /** How many letters must be put in, left out, replaced or exchanged with their neighbour. */
    private static int distance(String from, String to) {
        var cost = new int[from.length() + 1][to.length() + 1];
        for (int row = 0; row <= from.length(); row++) {
            for (int column = 0; column <= to.length(); column++) {
                cost[row][column] = row == 0 || column == 0 ? row + column : step(cost, from, to, row, column);
            }
        }
        return cost[from.length()][to.length()];
    }

    private static int step(int[][] cost, String from, String to, int row, int column) {
        boolean same = from.charAt(row - 1) == to.charAt(column - 1);
        int least = Math.min(
                cost[row - 1][column - 1] + (same ? 0 : 1), Math.min(cost[row - 1][column], cost[row][column - 1]) + 1);
        boolean exchanged = row > 1
                && column > 1
                && from.charAt(row - 1) == to.charAt(column - 2)
                && from.charAt(row - 2) == to.charAt(column - 1);
        return exchanged ? Math.min(least, cost[row - 2][column - 2] + 1) : least;
    }
}
