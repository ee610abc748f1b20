package org.openclaw.bench.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a process holds after a full collection, as the JDK's own tools and the operating system see it.
 *
 * @param loaders the class loaders of bundles
 * @param classes loaded classes, of all loaders
 * @param threads platform threads
 * @param files open file handles
 * @param metaspaceKiB used metaspace
 */
public record Residue(long loaders, long classes, long threads, long files, long metaspaceKiB) {
    private static final Pattern TOTALS = Pattern.compile("loaders, (\\d+) classes");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /** Looks at the process of a container. Linux only: file handles are counted in {@code /proc}. */
    public static Residue of(Container container) throws IOException, InterruptedException {
        var pid = Long.toString(container.pid());
        // the second collection takes what the first one's reference processing let go
        tool("jcmd", pid, "GC.run");
        tool("jcmd", pid, "GC.run");
        var loaders = tool("jcmd", pid, "VM.classloader_stats")
                .lines()
                .filter(line -> line.contains("BundleClassLoader"))
                .count();
        var totals = TOTALS.matcher(tool("jcmd", pid, "VM.metaspace"));
        if (!totals.find()) {
            throw new IOException("jcmd VM.metaspace does not say how many classes there are");
        }
        long classes = Long.parseLong(totals.group(1));
        var columns = tool("jstat", "-gc", pid).lines().toList();
        int used = BLANKS.splitAsStream(columns.getFirst().strip()).toList().indexOf("MU");
        var metaspace = Double.parseDouble(
                BLANKS.splitAsStream(columns.getLast().strip()).toList().get(used));
        try (var files = Files.list(Path.of("/proc", pid, "fd"));
                var threads = Files.list(Path.of("/proc", pid, "task"))) {
            return new Residue(loaders, classes, threads.count(), files.count(), (long) metaspace);
        }
    }

    static String tool(String name, String... words) throws IOException, InterruptedException {
        var line = new ArrayList<String>();
        line.add(Path.of(System.getProperty("java.home"), "bin", name).toString());
        line.addAll(List.of(words));
        var process = new ProcessBuilder(line).redirectErrorStream(true).start();
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(name + " failed: " + out);
        }
        return out;
    }
}
