package org.openclaw.schema.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * The numbers between two bounds.
 *
 * @param least the lower bound; none when empty
 * @param greatest the upper bound; none when empty
 */
record Interval(Optional<Bound> least, Optional<Bound> greatest) {
    static final Interval ALL = new Interval(Optional.empty(), Optional.empty());

    /** A number, and whether it is itself on the inner side. */
    record Bound(BigDecimal at, boolean included) {
        /** For whole numbers only: the first that is inside. */
        private Bound whole(boolean lower) {
            var rounded = at.setScale(0, lower ? RoundingMode.CEILING : RoundingMode.FLOOR);
            boolean itself = rounded.compareTo(at) == 0 && !included;
            var step = itself ? (lower ? BigDecimal.ONE : BigDecimal.ONE.negate()) : BigDecimal.ZERO;
            return new Bound(rounded.add(step), true);
        }
    }

    /** What a number has to be for its format. */
    static Interval ofFormat(String format) {
        return switch (format) {
            case "int32" ->
                between(BigInteger.TWO.pow(31).negate(), BigInteger.TWO.pow(31).subtract(BigInteger.ONE), true);
            case "int64" ->
                between(BigInteger.TWO.pow(63).negate(), BigInteger.TWO.pow(63).subtract(BigInteger.ONE), true);
            // from here on a number is rounded to infinity
            case "float" -> around(BigInteger.TWO.pow(128).subtract(BigInteger.TWO.pow(103)));
            case "double" -> around(BigInteger.TWO.pow(1024).subtract(BigInteger.TWO.pow(970)));
            default -> ALL;
        };
    }

    private static Interval around(BigInteger end) {
        return between(end.negate(), end, false);
    }

    private static Interval between(BigInteger least, BigInteger greatest, boolean included) {
        return new Interval(
                Optional.of(new Bound(new BigDecimal(least), included)),
                Optional.of(new Bound(new BigDecimal(greatest), included)));
    }

    /** The numbers that are in both. */
    Interval and(Interval other) {
        return new Interval(tighter(true, other), tighter(false, other));
    }

    private Optional<Bound> tighter(boolean lower, Interval other) {
        var mine = lower ? least : greatest;
        var its = lower ? other.least : other.greatest;
        if (mine.isEmpty() || its.isEmpty()) {
            return mine.isEmpty() ? its : mine;
        }
        int compared = mine.get().at().compareTo(its.get().at());
        if (compared == 0) {
            return mine.get().included() ? its : mine;
        }
        return lower == (compared > 0) ? mine : its;
    }

    /** The same for whole numbers, with whole bounds. */
    Interval whole() {
        return new Interval(least.map(bound -> bound.whole(true)), greatest.map(bound -> bound.whole(false)));
    }

    boolean contains(BigDecimal number) {
        return least.filter(bound -> outside(number.compareTo(bound.at()), bound))
                        .isEmpty()
                && greatest.filter(bound -> outside(bound.at().compareTo(number), bound))
                        .isEmpty();
    }

    private static boolean outside(int compared, Bound bound) {
        return compared < 0 || (compared == 0 && !bound.included());
    }

    /** Whether nothing in the other is below this one. */
    boolean reachesDown(Interval other) {
        return least.isEmpty() || (other.least.isPresent() && !isCutOff(other.least.get(), least.get(), true));
    }

    /** Whether nothing in the other is above this one. */
    boolean reachesUp(Interval other) {
        return greatest.isEmpty()
                || (other.greatest.isPresent() && !isCutOff(other.greatest.get(), greatest.get(), false));
    }

    /** Whether numbers of the one bound are cut off by the other. */
    private static boolean isCutOff(Bound one, Bound other, boolean lower) {
        int compared = one.at().compareTo(other.at());
        return compared == 0 ? one.included() && !other.included() : lower == (compared < 0);
    }
}
