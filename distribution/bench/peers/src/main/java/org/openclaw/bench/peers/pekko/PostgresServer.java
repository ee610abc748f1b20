package org.openclaw.bench.peers.pekko;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of the operating system's package, on a free port of the loopback address and in a folder of its own
 * which goes with it. Whatever decides about durability keeps its default: fsync, synchronous_commit and full_page_writes are on.
 */
final class PostgresServer implements AutoCloseable {
    private static final Path PACKAGED = Path.of("/usr/lib/postgresql");
    /** The group of nobody; what the server owns, it owns as a user. */
    private static final int NOGROUP = 65534;
    /** Larger buffers and fewer checkpoints than a server of 128 MiB has, as whoever runs it for speed would set them. */
    private static final String SETTINGS = " -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
            + " -c shared_buffers=1GB -c max_wal_size=8GB -c wal_buffers=64MB";

    private final Path programs;
    private final Path folder;
    private final int port;

    private PostgresServer(Path programs, Path folder, int port) {
        this.programs = programs;
        this.folder = folder;
        this.port = port;
    }

    /** The folder of PostgreSQL's programs: the one on PATH, or the newest of the package. */
    static Optional<Path> programs() throws IOException {
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        var folders = new ArrayList<>(Stream.of(path.split(":")).map(Path::of).toList());
        if (Files.isDirectory(PACKAGED)) {
            try (var versions = Files.list(PACKAGED)) {
                versions.filter(version -> version.getFileName().toString().matches("\\d+"))
                        .sorted(Comparator.comparingInt((Path version) ->
                                        Integer.parseInt(version.getFileName().toString()))
                                .reversed())
                        .forEach(version -> folders.add(version.resolve("bin")));
            }
        }
        return folders.stream()
                .filter(folder ->
                        Files.isExecutable(folder.resolve("initdb")) && Files.isExecutable(folder.resolve("pg_ctl")))
                .findFirst();
    }

    /** Starts one with an empty database, and waits until it accepts connections. */
    static PostgresServer started(Path programs) throws IOException {
        var folder = Files.createTempDirectory("openclaw-postgres");
        var server = new PostgresServer(programs, folder, freePort());
        try {
            if (isRoot()) {
                Files.setOwner(folder, user(unprivileged()).orElseThrow());
            }
            server.run("initdb", "-D", server.data(), "-U", "openclaw", "-A", "trust", "-E", "UTF8", "--locale=C");
            server.run(
                    "pg_ctl",
                    "start",
                    "-w",
                    "-D",
                    server.data(),
                    "-l",
                    folder.resolve("log").toString(),
                    "-o",
                    "-p " + server.port + SETTINGS);
            return server;
        } catch (IOException | RuntimeException failed) {
            server.delete();
            throw failed;
        }
    }

    /** For JDBC; the user is {@code openclaw}, without a password. */
    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?reWriteBatchedInserts=true";
    }

    /** The CPU time of its processes so far. */
    Duration cpu() throws IOException {
        var pid =
                Files.readAllLines(Path.of(data(), "postmaster.pid")).getFirst().strip();
        var server = ProcessHandle.of(Long.parseLong(pid));
        return Stream.concat(server.stream(), server.stream().flatMap(ProcessHandle::descendants))
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Stops it at once and deletes its folder. */
    @Override
    public void close() throws IOException {
        try {
            run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", data());
        } finally {
            delete();
        }
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    /** As somebody without privileges, since PostgreSQL refuses to run as root. */
    private void run(String program, String... words) throws IOException {
        var line = new ArrayList<String>();
        if (isRoot()) {
            line.addAll(List.of("setpriv", "--reuid=" + unprivileged(), "--regid=" + NOGROUP, "--clear-groups"));
        }
        line.add(programs.resolve(program).toString());
        line.addAll(List.of(words));
        var out = Files.createTempFile("openclaw-" + program, ".out");
        try {
            // a file and no pipe: the server that pg_ctl leaves behind would hold it open
            int exit = new ProcessBuilder(line)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IOException(program + " ended with " + exit + ": "
                        + Files.readString(out, StandardCharsets.UTF_8).strip());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(program + " was not waited for");
        } finally {
            Files.deleteIfExists(out);
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static String unprivileged() throws IOException {
        return user("postgres").isPresent() ? "postgres" : "nobody";
    }

    private static Optional<UserPrincipal> user(String name) throws IOException {
        try {
            return Optional.of(
                    FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(name));
        } catch (UserPrincipalNotFoundException unknown) {
            return Optional.empty();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void delete() throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
