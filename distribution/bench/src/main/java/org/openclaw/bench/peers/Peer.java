package org.openclaw.bench.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A system that ours is measured beside, in a process of its own: started once, and asked for a round whenever it is its turn.
 * Between two rounds it rests. For one thread.
 */
public final class Peer implements AutoCloseable {
    private static final String PEKKO = "org.openclaw.bench.peers.pekko.PekkoPeer";
    private static final List<String> OPTIONS = List.of(
            "-Xms2g",
            "-Xmx2g",
            "-XX:+UseParallelGC",
            "-XX:+UseTransparentHugePages",
            "-XX:+UseCompactObjectHeaders",
            "--sun-misc-unsafe-memory-access=allow");
    private static final int END_SECONDS = 60;

    private final Process process;
    private final BufferedReader out;
    private final Writer in;

    private Peer(Process process) {
        this.process = process;
        this.out = process.inputReader();
        this.in = process.outputWriter();
    }

    /**
     * Starts Pekko Persistence on PostgreSQL and warms it up, in some twenty seconds. Empty when it cannot run here, and then a
     * line on standard output says why.
     *
     * @param root of the checkout
     * @param entities how many persistent entities there are
     * @param outstanding how many commands are on their way at any time
     */
    public static Optional<Peer> pekko(Path root, int entities, int outstanding) throws IOException {
        var target = root.resolve("distribution/bench/peers/target");
        var libraries = target.resolve("classpath");
        if (!Files.exists(libraries)) {
            System.out.println("skipped Pekko Persistence: it is not built. Build with the profile 'bench'.");
            return Optional.empty();
        }
        var line = new ArrayList<String>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(OPTIONS);
        line.addAll(List.of(
                "-cp",
                target.resolve("classes") + ":" + Files.readString(libraries).strip()));
        line.addAll(List.of(PEKKO, Integer.toString(entities), Integer.toString(outstanding)));
        var peer = new Peer(new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        var said = peer.said();
        if (said.equals("ready")) {
            return Optional.of(peer);
        }
        peer.close();
        if (said.startsWith("skipped ")) {
            System.out.println(said);
            return Optional.empty();
        }
        throw new IOException("The peer said '" + said + "' (expected: ready)");
    }

    /** Keeps it busy for so many seconds. */
    public PeerRound round(int seconds) throws IOException {
        in.write("round " + seconds + "\n");
        in.flush();
        return PeerRound.parsed(said());
    }

    /** Ends it, and its database with it. */
    @Override
    public void close() throws IOException {
        try (in;
                out) {
            in.close();
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroy();
                throw new IOException("The peer does not end by itself");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The peer was not waited for");
        }
    }

    private String said() throws IOException {
        var line = out.readLine();
        if (line == null) {
            throw new IOException("The peer ended without an answer; what it wrote on standard error says why");
        }
        return line;
    }
}
