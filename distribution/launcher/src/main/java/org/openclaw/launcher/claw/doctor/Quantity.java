package org.openclaw.launcher.claw.doctor;

import java.time.Duration;
import java.util.Locale;

/** Quantities as people read them. */
public final class Quantity {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

    private Quantity() {}

    /** Such as {@code 84 MiB} or {@code 1.5 GiB}. */
    public static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1023.5 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        var format = unit == 0 || value >= 9.95 ? "%.0f %s" : "%.1f %s";
        return String.format(Locale.ROOT, format, value, UNITS[unit]);
    }

    /** Such as {@code 3 d 4 h} or {@code 12 s}: the two greatest units. */
    public static String duration(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return two(seconds / 60, "min", seconds % 60, "s");
        }
        return seconds < 86_400
                ? two(seconds / 3600, "h", seconds % 3600 / 60, "min")
                : two(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
    }

    /** Such as {@code 12,300}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String two(long great, String unit, long small, String smallUnit) {
        return great + " " + unit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }
}
