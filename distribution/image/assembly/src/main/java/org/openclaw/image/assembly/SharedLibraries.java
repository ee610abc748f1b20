package org.openclaw.image.assembly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The shared libraries of the build machine that a Java runtime needs, as {@code ldd} finds them. They go to the very path at
 * which the loader found them: which folders it searches is compiled into it.
 *
 * @param runtime the linked runtime
 */
record SharedLibraries(Path runtime) {
    /** {@code libm.so.6 => /lib/x86_64-linux-gnu/libm.so.6 (0x...)}, and the loader itself without an arrow. */
    private static final Pattern FOUND = Pattern.compile("(?m)^\\s+(?:\\S+ => )?(/\\S+) \\(0x[0-9a-f]+\\)$");

    private static final Pattern MISSING = Pattern.compile("(?m)^\\s+(\\S+) => not found$");

    /** What the C library opens by itself: for host names, users and the end of a thread. Newer ones need fewer. */
    private static final List<String> OPENED_BY_LIBC =
            List.of("libnss_files.so.2", "libnss_dns.so.2", "libresolv.so.2", "libgcc_s.so.1");

    /** What the native library of RocksDB needs beside the C library: it lies in a bundle, where nobody looks for programs. */
    private static final String OF_THE_STORE = "libstdc++.so.6";

    /** @throws IllegalStateException when the machine has another C library, or lacks one of the libraries */
    void copyTo(Path root) throws IOException, InterruptedException {
        requireGlibc();
        for (var library : needed()) {
            Tree.copy(library, root.resolve(library.toString().substring(1)));
        }
    }

    private static void requireGlibc() throws InterruptedException {
        var found = System.getProperty("os.name", "");
        try {
            found += ", " + Command.run("ldd", "--version").lines().findFirst().orElse("");
        } catch (IOException | IllegalStateException none) {
            found += ", no ldd of glibc";
        }
        if (!found.startsWith("Linux") || !found.matches(".*(GLIBC|GNU libc).*")) {
            throw new IllegalStateException(
                    "The image takes the C library of the machine that builds it (expected: Linux with glibc; found: %s). Build it on such a machine, or on a base image with -Dimage.base=IMAGE."
                            .formatted(found));
        }
    }

    private Set<Path> needed() throws IOException, InterruptedException {
        var own = runtime.toRealPath();
        var needed = new TreeSet<Path>();
        var missing = new TreeSet<String>();
        for (var program : programs(own)) {
            var said = Command.run("ldd", program.toString());
            FOUND.matcher(said).results().map(found -> Path.of(found.group(1))).forEach(needed::add);
            MISSING.matcher(said).results().map(found -> found.group(1)).forEach(missing::add);
        }
        needed.removeIf(library -> library.normalize().startsWith(own));
        // those of the runtime find each other once the JVM has loaded them
        missing.removeAll(Tree.files(own).stream()
                .map(file -> String.valueOf(file.getFileName()))
                .toList());
        if (!missing.isEmpty()) {
            throw new IllegalStateException(
                    "This machine lacks libraries that its JDK needs: %s. Install them, or leave out what needs them."
                            .formatted(String.join(", ", missing)));
        }
        var libc = needed.stream()
                .filter(library -> library.endsWith("libc.so.6"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("ldd names no libc.so.6 for " + own));
        var store = libc.resolveSibling(OF_THE_STORE);
        if (!Files.exists(store)) {
            throw new IllegalStateException(
                    "This machine lacks " + store + ", which the store needs. Install libstdc++.");
        }
        needed.add(store);
        OPENED_BY_LIBC.stream().map(libc::resolveSibling).filter(Files::exists).forEach(needed::add);
        return needed;
    }

    private static List<Path> programs(Path runtime) throws IOException {
        var programs = new ArrayList<Path>();
        for (var file : Tree.files(runtime)) {
            try (var in = Files.newInputStream(file)) {
                var magic = in.readNBytes(4);
                if (magic.length == 4 && magic[0] == 0x7f && magic[1] == 'E' && magic[2] == 'L' && magic[3] == 'F') {
                    programs.add(file);
                }
            }
        }
        return programs;
    }
}
