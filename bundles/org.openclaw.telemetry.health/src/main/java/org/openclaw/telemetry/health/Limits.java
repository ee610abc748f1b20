package org.openclaw.telemetry.health;

/**
 * From where on something is worth a finding.
 *
 * @param diskFreePercent of the disk
 * @param diskFreeBytes of the disk
 * @param heapPercent of the heap, after a collection
 * @param failedPercent of the turns of the last minute
 * @param failedTurns of the last minute, so that one failure on a quiet node is none
 */
record Limits(double diskFreePercent, long diskFreeBytes, double heapPercent, double failedPercent, long failedTurns) {
    /** @throws IllegalArgumentException naming the setting that is out of its bounds */
    Limits {
        share("disk.free.percent", diskFreePercent, 0);
        atLeast("disk.free.bytes", diskFreeBytes, 0);
        share("heap.percent", heapPercent, 1);
        share("failed.percent", failedPercent, 0);
        atLeast("failed.turns", failedTurns, 1);
    }

    private static void share(String name, double percent, int least) {
        if (!(percent >= least && percent <= 100)) {
            throw invalid(name, percent, least + " to 100");
        }
    }

    private static void atLeast(String name, long value, long least) {
        if (value < least) {
            throw invalid(name, value, "at least " + least);
        }
    }

    private static IllegalArgumentException invalid(String name, Object value, String expected) {
        return new IllegalArgumentException(
                "%s: %s (expected: %s; setting of org.openclaw.telemetry.health)".formatted(name, value, expected));
    }
}
