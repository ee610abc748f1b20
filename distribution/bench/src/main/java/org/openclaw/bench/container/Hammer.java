package org.openclaw.bench.container;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/**
 * A client of HTTP/1.1 that takes little of the machine it shares with the server: one thread, connections that stay, requests
 * that are bytes already. One request at a time on a connection.
 */
final class Hammer implements AutoCloseable {
    private static final int ANSWER = 64 * 1024;
    private static final String LENGTH = "\r\ncontent-length:";
    private static final long GRAIN_MILLIS = 1;

    /**
     * What came of a time.
     *
     * @param answers how many, by status
     * @param seconds how long it took
     * @param nanos how long each took, from when it was due, in order
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Round(Map<Integer, Long> answers, double seconds, long[] nanos) {
        /** Answers with that status in a second. */
        double rate(int status) {
            return answers.getOrDefault(status, 0L) / seconds;
        }

        /** The latency below which this share stayed, in milliseconds. */
        double millis(double share) {
            return nanos.length == 0
                    ? 0
                    : nanos[(int) Math.min(nanos.length - 1, Math.floor(share * nanos.length))] / 1e6;
        }
    }

    private final class Connection {
        final SocketChannel channel;
        final ByteBuffer in = ByteBuffer.allocate(ANSWER);
        ByteBuffer out = ByteBuffer.allocate(0);
        long due;

        Connection(SocketChannel channel) {
            this.channel = channel;
        }

        void send(byte[] request, long dueNanos) throws IOException {
            due = dueNanos;
            out = ByteBuffer.wrap(request);
            in.clear();
            write();
        }

        void write() throws IOException {
            channel.write(out);
            channel.keyFor(selector)
                    .interestOps(
                            out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        }

        /** The status of the answer once it is here, 0 before. */
        int read() throws IOException {
            if (channel.read(in) < 0) {
                throw new EOFException("the server closed a connection: " + text(in.position()));
            }
            int body = bodyAt();
            if (body < 0) {
                return 0;
            }
            var head = text(body).toLowerCase(Locale.ROOT);
            int length = head.indexOf(LENGTH);
            if (length < 0) {
                throw new IOException("an answer without a length: " + head);
            }
            int from = length + LENGTH.length();
            int bytes = Integer.parseInt(
                    head.substring(from, head.indexOf("\r\n", from)).strip());
            return in.position() < body + bytes ? 0 : Integer.parseInt(head.substring(9, 12));
        }

        private int bodyAt() {
            byte[] bytes = in.array();
            for (int at = 3; at < in.position(); at++) {
                if (bytes[at] == '\n' && bytes[at - 2] == '\n' && bytes[at - 1] == '\r' && bytes[at - 3] == '\r') {
                    return at + 1;
                }
            }
            return -1;
        }

        private String text(int length) {
            return new String(in.array(), 0, length, StandardCharsets.ISO_8859_1);
        }
    }

    private final Selector selector = Selector.open();
    private final List<Connection> connections = new ArrayList<>();

    /** Opens connections to a port of this machine. */
    Hammer(int port, int number) throws IOException {
        for (int opened = 0; opened < number; opened++) {
            var channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            var connection = new Connection(channel);
            channel.register(selector, SelectionKey.OP_READ, connection);
            connections.add(connection);
        }
    }

    /** A request as it goes over the wire. */
    static byte[] request(String path, String token, String mediaType, byte[] body) {
        byte[] head = ("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + token
                        + "\r\nContent-Type: " + mediaType + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }

    /** All connections ask as fast as they are answered. */
    Round closed(double seconds, LongFunction<byte[]> requests) throws IOException {
        return run(seconds, 0, requests);
    }

    /** So many requests become due in a second, whatever becomes of them; latencies count from then. */
    Round open(double seconds, double perSecond, LongFunction<byte[]> requests) throws IOException {
        return run(seconds, TimeUnit.SECONDS.toNanos(1) / perSecond, requests);
    }

    private Round run(double seconds, double stepNanos, LongFunction<byte[]> requests) throws IOException {
        Deque<Connection> free = new ArrayDeque<>(connections);
        var answers = new TreeMap<Integer, Long>();
        long[] nanos = new long[1024];
        int measured = 0;
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        long number = 0;
        for (long now = start; now < end || free.size() < connections.size(); now = System.nanoTime()) {
            while (now < end && !free.isEmpty()) {
                long due = stepNanos == 0 ? now : start + (long) (number * stepNanos);
                if (due > now) {
                    break;
                }
                free.pop().send(requests.apply(number), due);
                number++;
            }
            selector.select(GRAIN_MILLIS);
            for (var key : selector.selectedKeys()) {
                var connection = (Connection) key.attachment();
                if (key.isWritable()) {
                    connection.write();
                }
                int status = key.isReadable() ? connection.read() : 0;
                if (status != 0) {
                    answers.merge(status, 1L, Long::sum);
                    nanos = measured == nanos.length ? Arrays.copyOf(nanos, 2 * measured) : nanos;
                    nanos[measured] = System.nanoTime() - connection.due;
                    measured++;
                    free.push(connection);
                }
            }
            selector.selectedKeys().clear();
        }
        double took = (System.nanoTime() - start) / 1e9;
        long[] sorted = Arrays.copyOf(nanos, measured);
        Arrays.sort(sorted);
        return new Round(answers, took, sorted);
    }

    @Override
    public void close() throws IOException {
        for (var connection : connections) {
            connection.channel.close();
        }
        selector.close();
    }
}
