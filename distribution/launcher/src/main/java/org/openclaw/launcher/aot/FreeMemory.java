package org.openclaw.launcher.aot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The memory that a new process can have: what is free on the machine, or what is left below the limit of the control group
 * where that is less.
 *
 * @param mebibytes much, where nothing is known
 */
record FreeMemory(long mebibytes) {
    private static final Pattern AVAILABLE = Pattern.compile("(?m)^MemAvailable: *(\\d{1,15}) kB");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,15}");
    private static final long UNKNOWN_MEBIBYTES = 8192;
    /** The limit, the use, and what is in it, of the second version of control groups and of the first. */
    private static final List<List<String>> GROUPS = List.of(
            List.of("memory.max", "memory.current", "memory.stat"),
            List.of("memory/memory.limit_in_bytes", "memory/memory.usage_in_bytes", "memory/memory.stat"));
    /** Files that were read and can be read again: the kernel gives their memory away. */
    private static final Pattern RECLAIMABLE = Pattern.compile("(?m)^inactive_file (\\d{1,15})");

    /** @param root where {@code proc} and {@code sys} are mounted */
    static FreeMemory of(Path root) {
        var available = AVAILABLE.matcher(text(root.resolve("proc/meminfo")));
        long mebibytes = available.find() ? Long.parseLong(available.group(1)) >> 10 : UNKNOWN_MEBIBYTES;
        var groups = root.resolve("sys/fs/cgroup");
        for (var group : GROUPS) {
            var limit = text(groups.resolve(group.getFirst())).strip();
            var used = text(groups.resolve(group.get(1))).strip();
            // a number of more digits, or the word "max", is none
            if (NUMBER.matcher(limit).matches() && NUMBER.matcher(used).matches()) {
                var cached = RECLAIMABLE.matcher(text(groups.resolve(group.getLast())));
                long reclaimable = cached.find() ? Long.parseLong(cached.group(1)) : 0;
                mebibytes = Math.min(mebibytes, (Long.parseLong(limit) - Long.parseLong(used) + reclaimable) >> 20);
            }
        }
        return new FreeMemory(mebibytes);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException absent) {
            return "";
        }
    }
}
