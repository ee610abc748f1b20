package org.openclaw.gateway.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The guard on the very Jetty that the container ships, over sockets. */
class GuardTest {
    private static final int PATIENCE = 15_000;
    private static final String ASK = "GET /at-once HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private final Server server = new Server(new QueuedThreadPool(50));
    private final ServerConnector connector = new ServerConnector(server, 1, 1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final List<Socket> sockets = new ArrayList<>();
    private boolean stops;
    private int port;

    /** Answers when its body is there; what asks for {@code /slow} waits for the test. */
    private final class Patient extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            Content.Source.consumeAll(request);
            if (Request.getPathInContext(request).equals("/slow")) {
                begun.countDown();
                assertThat(end.await(PATIENCE, TimeUnit.MILLISECONDS)).isTrue();
            }
            if (Request.getPathInContext(request).equals("/large")) {
                response.write(true, ByteBuffer.allocate(64 << 20), callback);
            } else {
                Content.Sink.write(response, true, "done", callback);
            }
            return true;
        }
    }

    private Guard guarded(int connections, int perAddress) throws Exception {
        connector.setHost("127.0.0.1");
        connector.setIdleTimeout(PATIENCE);
        server.addConnector(connector);
        server.setHandler(new ContextHandler(new Patient(), "/"));
        server.start();
        port = connector.getLocalPort();
        var guard = new Guard(
                server, new Bounds(connections, perAddress, Duration.ofSeconds(1), Duration.ofSeconds(2)), () -> stops);
        // as Felix does
        server.addConnector(guard);
        guard.start();
        return guard;
    }

    @AfterEach
    void stop() throws Exception {
        end.countDown();
        for (var socket : sockets) {
            socket.close();
        }
        server.stop();
    }

    private Socket open(String from) throws IOException {
        var socket = new Socket();
        socket.setSoTimeout(PATIENCE);
        socket.bind(new InetSocketAddress(from, 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        sockets.add(socket);
        return socket;
    }

    private Socket open() throws IOException {
        return open("127.0.0.1");
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    /** The status of an answer whose body is the given one. */
    private static String status(Socket socket, int body) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII), 1);
        var first = reader.readLine();
        for (var line = first; line != null && !line.isEmpty(); line = reader.readLine()) {
            // headers
        }
        for (int more = body; more > 0 && reader.read() >= 0; more--) {
            // the body
        }
        return first == null ? "closed" : first;
    }

    private static String ask(Socket socket) throws IOException {
        try {
            write(socket, ASK);
            return status(socket, "done".length());
        } catch (SocketException reset) {
            return "closed";
        }
    }

    private static boolean isClosed(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    /** Sends to each its piece again and again, as far as that goes; the pieces of those that are not closed before all are sent. */
    private static List<String> uncut(Map<Socket, String> pieces, int times) {
        var left = new HashMap<>(pieces);
        for (int time = 0; time < times && !left.isEmpty(); time++) {
            left.entrySet().removeIf(each -> isCutAt(each.getKey(), each.getValue()));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        return List.copyOf(left.values());
    }

    private static boolean isCutAt(Socket socket, String piece) {
        try {
            write(socket, piece);
            return false;
        } catch (IOException cut) {
            return true;
        }
    }

    @Test
    void closesConnectionsBeyondTheBoundAtOnce() throws Exception {
        var guard = guarded(10, 100);
        for (int connection = 0; connection < 10; connection++) {
            write(open(), "GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n");
        }
        assertThat(begun.await(PATIENCE, TimeUnit.MILLISECONDS)).isTrue();

        assertThat(isClosed(open())).isTrue();
        end.countDown();
        assertThat(status(sockets.getFirst(), 4)).startsWith("HTTP/1.1 200");
        assertThat(guard.admission().open()).isLessThanOrEqualTo(10);
    }

    @Test
    void halfOpenConnectionsGiveWayToOthers() throws Exception {
        guarded(10, 100);
        for (int connection = 0; connection < 10; connection++) {
            write(open(), "GET /at-once HTT");
        }
        var answer = "closed";
        for (int time = 0; time < 50 && answer.equals("closed"); time++) {
            answer = ask(open());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        assertThat(answer).startsWith("HTTP/1.1 200");
    }

    @Test
    void oneAddressDoesNotTakeAll() throws Exception {
        guarded(10, 3);
        for (int connection = 0; connection < 3; connection++) {
            assertThat(ask(open())).startsWith("HTTP/1.1 200");
        }

        assertThat(isClosed(open())).isTrue();
        assertThat(ask(open("127.0.0.2"))).startsWith("HTTP/1.1 200");
        sockets.getFirst().close();
        var answer = "closed";
        for (int time = 0; time < 50 && answer.equals("closed"); time++) {
            answer = ask(open());
        }
        assertThat(answer).startsWith("HTTP/1.1 200");
    }

    @Test
    void closesWhatTricklesInsteadOfARequestAndAfterOne() throws Exception {
        guarded(10, 10);
        var lines = open();
        var begun = open();
        write(begun, "GET /at-once HTTP/1.1\r\n");
        var afterAnother = open();
        assertThat(ask(afterAnother)).startsWith("HTTP/1.1 200");

        assertThat(uncut(Map.of(open(), "G", lines, "\r\n", begun, "a: b\r\n", afterAnother, "H"), 80))
                .isEmpty();
    }

    @Test
    void leavesAloneWhatRestsBetweenRequestsAndWhatSendsABody() throws Exception {
        guarded(10, 10);
        var resting = open();
        assertThat(ask(resting)).startsWith("HTTP/1.1 200");
        var sending = open();
        write(sending, "POST /at-once HTTP/1.1\r\nHost: localhost\r\nContent-Length: 30\r\n\r\n");

        assertThat(uncut(Map.of(sending, "x"), 30)).containsExactly("x");
        assertThat(status(sending, 4)).startsWith("HTTP/1.1 200");
        assertThat(ask(resting)).startsWith("HTTP/1.1 200");
    }

    @Test
    void closesWhereAnAnswerIsTakenByteByByte() throws Exception {
        guarded(10, 10);
        var socket = open();
        write(socket, "GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n");
        var in = socket.getInputStream();
        assertThat(in.read()).isEqualTo('H');
        for (int time = 0; time < 200 && connector.getConnectedEndPoints().size() > 0; time++) {
            assertThat(in.read()).isNotNegative();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }

        assertThat(connector.getConnectedEndPoints()).isEmpty();
        assertThat(ask(open())).startsWith("HTTP/1.1 200");
    }

    @Test
    void whenAllStopsNobodyNewComesInAndRequestsUnderWayEnd() throws Exception {
        var guard = guarded(10, 10);
        var resting = open();
        assertThat(ask(resting)).startsWith("HTTP/1.1 200");
        var slow = open();
        write(slow, "GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(begun.await(PATIENCE, TimeUnit.MILLISECONDS)).isTrue();

        stops = true;
        guard.stop();

        assertThatExceptionOfType(ConnectException.class).isThrownBy(this::open);
        assertThat(ask(resting)).startsWith("HTTP/1.1 503");
        end.countDown();
        assertThat(status(slow, 4)).startsWith("HTTP/1.1 200");
    }

    @Test
    void whenItStopsAloneTheServerGoesOnUnguarded() throws Exception {
        var guard = guarded(10, 1);
        assertThat(ask(open())).startsWith("HTTP/1.1 200");

        guard.stop();

        assertThat(ask(open())).startsWith("HTTP/1.1 200");
        guard.start();
        assertThat(guard.admission().open()).isEqualTo(2);
        assertThat(isClosed(open())).isTrue();
    }
}
