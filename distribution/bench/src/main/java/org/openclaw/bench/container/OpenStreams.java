package org.openclaw.bench.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What event streams that are open cost the container: resident memory, and heap in use after full collections, with none and with many of
 * them, at rest and after each has got an event.
 */
public final class OpenStreams implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int WARM = 500;
    private static final String DATA = "\ndata: ";

    private final Container container;
    private final Selector selector;
    private final List<Stream> streams = new ArrayList<>();
    private final ByteBuffer piece = ByteBuffer.allocate(1 << 16);

    private OpenStreams(Container container) throws IOException {
        this.container = container;
        selector = Selector.open();
    }

    /** One stream, as its client sees it. */
    private static final class Stream {
        private final SocketChannel channel;
        private boolean opened;
        private int events;
        /** What may be the beginning of an event's data. */
        private String rest = "";

        Stream(SocketChannel channel) {
            this.channel = channel;
        }

        void got(String more) {
            var text = rest + more;
            if (!opened && !text.startsWith("HTTP/1.1 200")) {
                throw new IllegalStateException("a stream was refused: " + text);
            }
            opened = true;
            events += text.split(DATA, -1).length - 1;
            rest = text.substring(Math.max(0, text.length() - DATA.length() + 1));
        }
    }

    /** Prints the measurement: {@code [streams]}. */
    static void main(String[] args) throws Exception {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : 5000;
        var temp = Files.createTempDirectory("openclaw-bench");
        var home = temp.resolve("home");
        Files.createDirectories(home.resolve("conf"));
        Files.writeString(home.resolve("conf/org.openclaw.gateway.http.cfg"), "streams.max=" + (count + WARM) + "\n");
        try (var container = Container.started(Container.INSTALLATION, home, Map.of("CLAW_PROFILE", "server"))) {
            var plugins = Plugins.trustedBy(container, temp.resolve("plugins"));
            container.drop(plugins.echo("1.0.0"), "echo.jar");
            container.awaitFile("echo.jar", "serving");
            // what all calls share is loaded, and compiled, before
            try (var warm = new OpenStreams(container)) {
                warm.open(WARM);
                for (int call = 1; call <= 20; call++) {
                    warm.tell(call);
                }
            }
            var before = Footprint.of(container);
            try (var open = new OpenStreams(container)) {
                open.open(count);
                var resting = Footprint.of(container);
                for (int call = 1; call <= 5; call++) {
                    open.tell(call);
                }
                var busy = Footprint.of(container);
                print(count + " streams at rest", count, before, resting);
                print(count + " streams after 5 events each", count, before, busy);
            }
        }
    }

    private static void print(String what, int count, Footprint before, Footprint after) {
        System.out.printf(
                "%s (profile server): resident %.0f MiB more (%.1f to %.1f), %.1f KiB each; heap after collection %.1f MiB more, %.1f KiB"
                        + " each; %d platform threads%n",
                what,
                after.residentMiB() - before.residentMiB(),
                before.residentMiB(),
                after.residentMiB(),
                (after.residentMiB() - before.residentMiB()) * 1024 / count,
                after.heapMiB() - before.heapMiB(),
                (after.heapMiB() - before.heapMiB()) * 1024 / count,
                after.threads());
    }

    /** Opens so many, and waits until each has begun. */
    private void open(int count) throws Exception {
        var request =
                "GET /v1/agents/echo/told/events HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\n\r\n"
                        .formatted(container.port, container.adminToken())
                        .getBytes(StandardCharsets.US_ASCII);
        for (int number = 1; number <= count; number++) {
            var channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), container.port));
            channel.write(ByteBuffer.wrap(request));
            channel.configureBlocking(false);
            var fresh = new Stream(channel);
            streams.add(fresh);
            channel.register(selector, SelectionKey.OP_READ, fresh);
            if (number % 100 == 0) {
                awaitAll("the beginning of streams", stream -> stream.opened);
            }
        }
        awaitAll("the beginning of streams", stream -> stream.opened);
    }

    /** Has something happen, and waits until each stream has told of it. */
    private void tell(int call) throws Exception {
        var answer = container.call(
                "POST", "/v1/agents/echo/told/messages?type=echo.Say", "{\"text\":\"x\"}", "Prefer", "wait=30");
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        awaitAll("event " + call, stream -> stream.events >= call);
    }

    private void awaitAll(String what, Predicate<Stream> there) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!streams.stream().allMatch(there)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("%s: %d of %d streams are still without after %d s"
                        .formatted(
                                what,
                                streams.stream().filter(there.negate()).count(),
                                streams.size(),
                                PATIENCE.toSeconds()));
            }
            selector.select(this::read, 100);
        }
    }

    private void read(SelectionKey key) {
        var stream = (Stream) key.attachment();
        try {
            piece.clear();
            if (stream.channel.read(piece) < 0) {
                throw new IllegalStateException("a stream has ended");
            }
            piece.flip();
            stream.got(StandardCharsets.UTF_8.decode(piece).toString());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void close() throws IOException {
        for (var stream : streams) {
            stream.channel.close();
        }
        selector.close();
    }
}
