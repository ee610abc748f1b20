package org.openclaw.telemetry.health;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.openclaw.telemetry.Finding;
import org.openclaw.telemetry.NodeStatus.DiskUse;
import org.openclaw.telemetry.Severity;

/** What there is to say about the disk and the heap. */
final class MachineFindings {
    private static final long MIB = 1024L * 1024;

    private MachineFindings() {}

    static List<Finding> of(
            DiskUse disk, String folder, OptionalLong heapAfterCollection, long heapMax, Limits limits) {
        return Stream.of(disk(disk, folder, limits), heap(heapAfterCollection, heapMax, limits))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Finding> disk(DiskUse disk, String folder, Limits limits) {
        if (disk.total() <= 0) {
            return Optional.empty();
        }
        double percent = 100.0 * disk.free() / disk.total();
        if (percent >= limits.diskFreePercent() && disk.free() >= limits.diskFreeBytes()) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                "disk.low",
                Severity.WARNING,
                folder,
                String.format(
                        Locale.ROOT,
                        "%,d MiB are left on the disk of %s, %.1f %% of it.",
                        disk.free() / MIB,
                        folder,
                        percent),
                "When it is full, no bundle can be deployed and nothing can be logged.",
                String.format(
                        Locale.ROOT,
                        "Free some space, or move the data to a larger disk (expected: at least %s %% and %,d MiB).",
                        number(limits.diskFreePercent()),
                        limits.diskFreeBytes() / MIB)));
    }

    private static Optional<Finding> heap(OptionalLong used, long max, Limits limits) {
        if (used.isEmpty() || max <= 0 || used.getAsLong() * 100.0 / max <= limits.heapPercent()) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                "heap.high",
                Severity.WARNING,
                "heap",
                String.format(
                        Locale.ROOT,
                        "After the last collection %,d of %,d MiB of the heap are still used, %.0f %%.",
                        used.getAsLong() / MIB,
                        max / MIB,
                        used.getAsLong() * 100.0 / max),
                "The node spends more and more time collecting, and fails when nothing is left.",
                String.format(
                        Locale.ROOT,
                        "Start it with more memory, such as CLAW_JAVA_OPTS=-Xmx%dm claw run, or retire agents.",
                        2 * Math.max(1, max / MIB))));
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
