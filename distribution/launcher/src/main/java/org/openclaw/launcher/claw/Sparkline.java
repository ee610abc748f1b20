package org.openclaw.launcher.claw;

import java.util.List;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;

/**
 * A series of numbers as one line of bars, oldest first.
 *
 * @param values one for each interval; null where there was nothing to measure
 */
record Sparkline(List<OptionalDouble> values) {
    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final String ASCII = "_.:-=+*#";

    Sparkline {
        values = List.copyOf(values);
    }

    /** The numbers of a JSON array; what is none counts as nothing. */
    static Sparkline of(JsonNode array) {
        return new Sparkline(array.valueStream()
                .map(value -> value.isNumber() ? OptionalDouble.of(value.asDouble()) : OptionalDouble.empty())
                .toList());
    }

    boolean isEmpty() {
        return values.stream().noneMatch(OptionalDouble::isPresent);
    }

    /** That of the newest interval; empty when there was nothing to measure. */
    OptionalDouble newest() {
        return values.isEmpty() ? OptionalDouble.empty() : values.getLast();
    }

    OptionalDouble greatest() {
        return values.stream()
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .max();
    }

    /** As many of the newest ones as fit, scaled to the greatest of them; blank where there was nothing. */
    String render(int width, boolean unicode) {
        var bars = unicode ? BARS : ASCII;
        var shown = values.subList(Math.max(0, values.size() - width), values.size());
        double top = new Sparkline(shown).greatest().orElse(0);
        var line = new StringBuilder();
        for (var value : shown) {
            line.append(value.isPresent() ? bars.charAt(level(value.getAsDouble(), top, bars.length())) : ' ');
        }
        return line.toString();
    }

    /** What is more than nothing is more than the lowest bar. */
    private static int level(double value, double top, int levels) {
        if (value <= 0 || top <= 0) {
            return 0;
        }
        return (int) Math.clamp(Math.ceil(value / top * (levels - 1)), 1, levels - 1);
    }
}
