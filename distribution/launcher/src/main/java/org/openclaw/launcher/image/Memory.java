package org.openclaw.launcher.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The memory that this container has. Read from the files that {@code bin/claw} reads; the JDK's own management beans say the
 * same, and take longer to load than the rest of what runs here.
 *
 * @param mebibytes what the machine has, or the limit of the control group where that is less
 */
record Memory(long mebibytes) {
    private static final Pattern TOTAL = Pattern.compile("(?m)^MemTotal: *(\\d{1,15}) kB");
    private static final Pattern LIMIT = Pattern.compile("\\d{1,15}");
    private static final long UNKNOWN_MEBIBYTES = 8192;

    /** @param root where {@code proc} and {@code sys} are mounted */
    static Memory of(Path root) {
        var total = TOTAL.matcher(text(root.resolve("proc/meminfo")));
        long mebibytes = total.find() ? Long.parseLong(total.group(1)) >> 10 : UNKNOWN_MEBIBYTES;
        for (var file : List.of("memory.max", "memory/memory.limit_in_bytes")) {
            var limit = text(root.resolve("sys/fs/cgroup").resolve(file)).strip();
            // a number of more digits, or the word "max", is none
            if (LIMIT.matcher(limit).matches()) {
                mebibytes = Math.min(mebibytes, Long.parseLong(limit) >> 20);
            }
        }
        return new Memory(mebibytes);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException absent) {
            return "";
        }
    }
}
