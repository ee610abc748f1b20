package org.openclaw.bench.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a process takes after full collections, as the operating system and the JDK's own tools see it.
 *
 * @param residentMiB resident memory
 * @param heapMiB heap in use
 * @param threads platform threads
 */
record Footprint(double residentMiB, double heapMiB, long threads) {
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    /** Columns of {@code jstat -gc}: used survivor spaces, eden and old generation. */
    private static final List<String> USED = List.of("S0U", "S1U", "EU", "OU");

    /** Looks at the process of a container. Linux only. */
    static Footprint of(Container container) throws IOException, InterruptedException {
        var pid = Long.toString(container.pid());
        Residue.tool("jcmd", pid, "GC.run");
        Residue.tool("jcmd", pid, "GC.run");
        var lines = Residue.tool("jstat", "-gc", pid).lines().toList();
        var names = BLANKS.splitAsStream(lines.getFirst().strip()).toList();
        var values = BLANKS.splitAsStream(lines.getLast().strip()).toList();
        double heap = USED.stream()
                .map(names::indexOf)
                .filter(column -> column >= 0)
                .mapToDouble(column -> Double.parseDouble(values.get(column)))
                .sum();
        try (var threads = Files.list(Path.of("/proc", pid, "task"))) {
            return new Footprint(resident(pid), heap / 1024, threads.count());
        }
    }

    private static double resident(String pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", pid, "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElseThrow(() -> new IOException("/proc says nothing of VmRSS"));
    }
}
