package org.openclaw.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openclaw.agent.AgentCounts;
import org.openclaw.agent.AgentState;
import org.openclaw.agent.AgentTypeView;
import org.openclaw.message.Address;
import org.openclaw.message.Attributes;
import org.openclaw.message.Body;
import org.openclaw.message.Message;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.ReceiptId;
import org.openclaw.message.Refusal;
import org.openclaw.store.StoreException;

/** The servlet on the very Jetty that the container ships. */
class ApiServletTest {
    private static final String PATH = "/v1/agents/order/7/messages?type=order.Placed";
    private static final Address ORDER = Address.of("order", "7");
    private static final Instant AT = Instant.parse("2026-11-01T12:00:01Z");

    private final TestDoor door = new TestDoor(Cors.of("https://app.example.org"));
    private final Server server = new Server(new VirtualThreadPool());
    private final AtomicLong skipped = new AtomicLong();
    private final EventStreams streams = new EventStreams(TestDoor.BOUNDS.streams(), new SkippingLoop());
    private final ApiServlet servlet = new ApiServlet(door.door, TestDoor.BOUNDS, door.cors, streams);
    private final HttpClient client = HttpClient.newHttpClient();
    private int port;

    @BeforeEach
    void start() throws Exception {
        var connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        var context = new ServletContextHandler("/", 0);
        var holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        context.addServlet(holder, "/v1/*");
        server.setHandler(context);
        server.start();
        port = connector.getLocalPort();
        door.agents.types.add(new AgentTypeView(
                "order",
                Optional.of("1.0.0"),
                List.of("1.0.0"),
                List.of(),
                Optional.empty(),
                false,
                0,
                new AgentCounts(0, 0, 0, 0, 0, 0, 0)));
    }

    @AfterEach
    void stop() throws Exception {
        servlet.close();
        client.shutdownNow();
        server.stop();
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                .header("Authorization", "Bearer admin-token");
    }

    private HttpRequest.Builder message() {
        return request(PATH)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"sku\":\"a\"}"));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void acceptsAMessage() throws Exception {
        var response = send(message());

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.headers().map())
                .containsEntry("x-content-type-options", List.of("nosniff"))
                .containsEntry("cache-control", List.of("no-store"))
                .containsEntry("content-type", List.of("application/json"));
        assertThat(door.bus.sent.getFirst().body()).isEqualTo(Body.json("{\"sku\":\"a\"}"));
    }

    @Test
    void morePeopleMayWaitForTheirReceiptsThanRequestsAreWorkedOn() throws Exception {
        var undecided = new LinkedBlockingQueue<Runnable>();
        door.bus.deciding = undecided::add;
        var decisions = new ArrayList<Runnable>();
        var responses = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (int number = 0; number <= TestDoor.BOUNDS.requests(); number++) {
            responses.add(client.sendAsync(message().build(), HttpResponse.BodyHandlers.ofString()));
            decisions.add(undecided.poll(30, TimeUnit.SECONDS));
        }
        assertThat(responses).noneMatch(CompletableFuture::isDone);
        decisions.forEach(Runnable::run);

        for (var response : responses) {
            assertThat(response.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(202);
        }
    }

    @Test
    void tellsWhoWaitedForAReceiptWhatWentWrongInTheEnd() throws Exception {
        assertThat(decided(() -> door.bus.refusals.add(
                        Optional.of(Refusal.of(Refusal.Kind.QUOTA, "inbox.full", "The inbox is full.")))))
                .isEqualTo(429);
        assertThat(decided(() -> door.bus.broken = Optional.of(new CompletionException(
                        StoreException.failed("journal.failed", new IOException("The disk does not answer."))))))
                .isEqualTo(503);
        assertThat(decided(() ->
                        door.bus.broken = Optional.of(new CompletionException(new IllegalStateException("broken")))))
                .isEqualTo(500);
    }

    /** The status of the answer to a message that is decided on when it has left the thread that it came by. */
    private int decided(Runnable so) throws Exception {
        var undecided = new CompletableFuture<Runnable>();
        door.bus.deciding = undecided::complete;
        so.run();
        var response = client.sendAsync(message().build(), HttpResponse.BodyHandlers.ofString());
        undecided.get(30, TimeUnit.SECONDS).run();
        return response.get(30, TimeUnit.SECONDS).statusCode();
    }

    @Test
    void findsTheExtensionsOfAnEventAmongTheHeaders() throws Exception {
        var response = send(message()
                .header("Ce-SpecVersion", "1.0")
                .header("ce-id", "1")
                .header("ce-source", "/shop")
                .header("ce-type", "order.Placed")
                .header("ce-subject", "7")
                .header("CE-Region", "eu")
                .header("cer-tain", "not"));

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(door.bus.sent.getFirst().attributes())
                .isEqualTo(Attributes.subject("7").with(Map.of("region", "eu")));
    }

    @Test
    void answersWhenTheTurnEnds() throws Exception {
        CompletableFuture<HttpResponse<String>> response =
                client.sendAsync(message().header("Prefer", "wait=60").build(), HttpResponse.BodyHandlers.ofString());
        var reply = new Message("i", "order/7", "order.Accepted", AT, Body.json("{\"ok\":true}"));
        door.bus.end("r1", new MessageStatus.Done(AT, "1.0.0", Optional.of(reply)));

        assertThat(response.get(30, TimeUnit.SECONDS).body()).isEqualTo("{\"ok\":true}");
    }

    @Test
    void answersWithTheReceiptWhenTheTurnTakesLonger() throws Exception {
        var response = send(message().header("Prefer", "wait=1"));

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.headers().firstValue("Preference-Applied")).contains("wait=1");
    }

    @Test
    void answersWithTheReceiptWhenTheOutcomeBreaks() throws Exception {
        var outcome = new CompletableFuture<MessageStatus>();
        outcome.completeExceptionally(new IllegalStateException("stopping"));
        door.bus.outcomes.put(new ReceiptId("r1"), outcome);

        assertThat(send(message().header("Prefer", "wait=60")).statusCode()).isEqualTo(202);
    }

    @Test
    void answersHeadWithoutABody() throws Exception {
        var response = send(request("/v1/types").method("HEAD", HttpRequest.BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void readsUtf8InThePath() throws Exception {
        send(request("/v1/agents/order/%C3%A9%20a/b/messages?type=t").POST(HttpRequest.BodyPublishers.noBody()));

        assertThat(door.bus.receivers.getFirst().key()).isEqualTo("é a/b");
    }

    @Test
    void refusesAChunkedBodyThatIsTooLongWithoutReadingItAll() throws Exception {
        var answer = raw("POST " + PATH + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer admin-token\r\n"
                + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                + ("4000\r\n" + "1".repeat(0x4000) + "\r\n").repeat(5));

        assertThat(answer).startsWith("HTTP/1.1 413").contains("Connection: close");
    }

    @Test
    void refusesAnAnnouncedBodyThatIsTooLongBeforeItComes() throws Exception {
        var answer = raw("POST " + PATH + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer admin-token\r\n"
                + "Content-Type: application/json\r\nContent-Length: 9999999999\r\nExpect: 100-continue\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 413").doesNotContain("100 Continue");
    }

    @Test
    void isAsStrictAsTheServerAboutBrokenHttp() throws Exception {
        var head = "Host: 127.0.0.1\r\nAuthorization: Bearer admin-token\r\nConnection: close\r\n";
        assertThat(raw("GET /v1/types HTTP/1.1\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(raw("GET /v1/types HTTP/1.1\r\nHost: evil.example\r\n" + head + "\r\n"))
                .startsWith("HTTP/1.1 400");
        assertThat(raw("GET http://evil.example/v1/types HTTP/1.1\r\n" + head + "\r\n"))
                .matches("(?s)HTTP/1.1 40[03].*");
        assertThat(raw("GET /v1/agents/order/%2e%2e/%2e%2e/types HTTP/1.1\r\n" + head + "\r\n"))
                .startsWith("HTTP/1.1 400");
        assertThat(raw("GET /v1/agents/order/%ff HTTP/1.1\r\n" + head + "\r\n")).startsWith("HTTP/1.1 400");
        assertThat(raw("GET /v1/agents/order/%zz HTTP/1.1\r\n" + head + "\r\n")).startsWith("HTTP/1.1 400");
        assertThat(raw("GET /v1/types?%ff=%zz HTTP/1.1\r\n" + head + "\r\n")).startsWith("HTTP/1.1 400");
        assertThat(raw("GET /v1/types HTTP/1.1\r\n" + head + "Cookie: a=\"\u0001; openclaw-session=\"\r\n\r\n"))
                .matches("(?s)HTTP/1.1 (200|400).*");
        assertThat(
                        raw(
                                "POST " + PATH + " HTTP/1.1\r\n" + head
                                        + "Content-Type: application/json\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}"))
                .startsWith("HTTP/1.1 400");
        assertThat(raw("POST " + PATH + " HTTP/1.1\r\n" + head
                        + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}"))
                .startsWith("HTTP/1.1 400");
    }

    /** A loop whose clock the test moves on. */
    private final class SkippingLoop implements EventLoop {
        private final ThreadLoop thread = new ThreadLoop("event-streams");

        @Override
        public void run(Runnable task) {
            thread.run(task);
        }

        @Override
        public void after(Duration wait, Runnable task) {
            thread.after(wait.dividedBy(10), task);
        }

        @Override
        public long nanos() {
            return thread.nanos() + skipped.get();
        }

        @Override
        public void close() {
            thread.close();
        }
    }

    private Iterator<String> lines(HttpResponse<Stream<String>> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        var lines = response.body().iterator();
        assertThat(lines.next()).isEqualTo("retry: 1000");
        assertThat(lines.next()).startsWith("id: ");
        assertThat(lines.next()).isEmpty();
        return lines;
    }

    private HttpResponse<Stream<String>> events(HttpRequest.Builder request) throws Exception {
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofLines())
                .get(30, TimeUnit.SECONDS);
    }

    @Test
    void streamsEventsAndGoesOnBehindTheLastOne() throws Exception {
        var response = events(request("/v1/agents/order/7/events"));
        assertThat(response.headers().map())
                .containsEntry("content-type", List.of("text/event-stream"))
                .containsEntry("cache-control", List.of("no-store"))
                .containsEntry("x-accel-buffering", List.of("no"))
                .containsEntry("x-content-type-options", List.of("nosniff"));
        var lines = lines(response);
        door.events.done(ORDER);
        var id = lines.next();
        assertThat(id).isEqualTo("id: " + ListedEvents.id(1));
        assertThat(lines.next()).isEqualTo("event: turn.done");
        assertThat(lines.next()).startsWith("data: {").endsWith("}");
        assertThat(lines.next()).isEmpty();
        response.body().close();
        door.events.failed(ORDER, "no luck");

        var again = lines(events(request("/v1/agents/order/7/events").header("Last-Event-ID", id.substring(4))));
        assertThat(again.next()).isEqualTo("id: " + ListedEvents.id(2));
        assertThat(again.next()).isEqualTo("event: turn.failed");
    }

    @Test
    void streamsWhatIsShownOfAReplyGoesOnAndEndsWithTheMessage() throws Exception {
        var receipt = new ReceiptId("r1");
        door.bus.statuses.put(receipt, new MessageStatus.Running(AT, "1.0.0"));
        door.bus.outcomes.put(receipt, new CompletableFuture<>());
        door.previews.show("r1", "Once ");
        var first = events(request("/v1/messages/r1/events"));
        var lines = lines(first);
        var id = lines.next();
        assertThat(id).isEqualTo("id: 0000000000000001-1-5");
        assertThat(lines.next()).isEqualTo("event: preview");
        assertThat(lines.next()).isEqualTo("data: {\"attempt\":1,\"offset\":0,\"text\":\"Once \"}");
        assertThat(lines.next()).isEmpty();
        door.previews.show("r1", "upon");
        assertThat(lines.next()).isEqualTo("id: 0000000000000001-1-9");
        first.body().close();
        door.previews.show("r1", " a time");

        var again = lines(events(request("/v1/messages/r1/events").header("Last-Event-ID", id.substring(4))));
        assertThat(again.next()).isEqualTo("id: 0000000000000001-1-16");
        again.next();
        assertThat(again.next()).contains("\"offset\":5,\"text\":\"upon a time\"");
        again.next();
        door.previews.repeat("r1", "Anew");
        assertThat(again.next()).isEqualTo("id: 0000000000000002-2-4");
        again.next();
        assertThat(again.next()).contains("\"attempt\":2,\"offset\":0,\"text\":\"Anew\"");
        again.next();
        var done = new MessageStatus.Done(AT, "1.0.0", Optional.empty());
        door.bus.statuses.put(receipt, done);
        door.bus.end("r1", done);

        assertThat(again.next()).isEqualTo("id: 0000000000000002-2-4-end");
        assertThat(again.next()).isEqualTo("event: end");
        assertThat(again.next())
                .isEqualTo("data: " + send(request("/v1/messages/r1")).body());
        assertThat(again.next()).isEmpty();
        assertThat(again.hasNext()).isFalse();
        var over = request("/v1/messages/r1/events").header("Last-Event-ID", "0000000000000002-2-4-end");
        assertThat(send(over).statusCode()).isEqualTo(204);
    }

    @Test
    void tellsPagesOfOthersWhatIsAnsweredAndStreamed() throws Exception {
        var head = "Host: 127.0.0.1\r\nOrigin: https://app.example.org\r\nConnection: close\r\n";
        var told = "Access-Control-Allow-Origin: https://app.example.org";
        var token = "Authorization: Bearer admin-token\r\n";

        assertThat(raw("OPTIONS " + PATH + " HTTP/1.1\r\n" + head + "Access-Control-Request-Method: POST\r\n\r\n"))
                .startsWith("HTTP/1.1 204")
                .contains(told);
        assertThat(raw("GET /v1/types HTTP/1.1\r\n" + head + token + "\r\n"))
                .startsWith("HTTP/1.1 200")
                .contains(told)
                .contains("Vary: Accept, Accept-Encoding, Origin");
        assertThat(raw("HEAD /v1/events HTTP/1.1\r\n" + head + token + "\r\n")).contains(told);
        assertThat(raw("GET /v1/types HTTP/1.1\r\n" + head + "\r\n"))
                .startsWith("HTTP/1.1 401")
                .contains(told);
    }

    @Test
    void compressesLargeAnswersButNoStreams() throws Exception {
        var small = send(request("/v1/subject").header("Accept-Encoding", "gzip"));
        assertThat(small.headers().firstValue("Content-Encoding")).isEmpty();
        for (int key = 0; key < 20; key++) {
            door.agents.agents.add(ListedAgents.view(Address.of("order", "a" + key), AgentState.PASSIVE));
        }
        var plain = client.send(request("/v1/agents").build(), HttpResponse.BodyHandlers.ofByteArray());
        var packed = client.send(
                request("/v1/agents").header("Accept-Encoding", "gzip").build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(packed.headers().firstValueAsLong("Content-Length")).hasValue(packed.body().length);
        try (var in = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
            assertThat(in.readAllBytes()).isEqualTo(plain.body());
        }
        var events = events(request("/v1/events").header("Accept-Encoding", "gzip"));
        assertThat(events.headers().firstValue("Content-Encoding")).isEmpty();
    }

    private void manyAgents() {
        var key = "k".repeat(200);
        for (int agent = 0; agent < 1000; agent++) {
            door.agents.agents.add(ListedAgents.view(Address.of("order", key + agent), AgentState.PASSIVE));
        }
    }

    @Test
    void sendsALargeAnswerWhole() throws Exception {
        manyAgents();
        var large = send(request("/v1/agents?limit=1000"));
        assertThat(large.body()).hasSizeGreaterThan(500_000).endsWith("]}");

        var text = "\"" + "x".repeat(200_000) + "\"";
        var waiting =
                client.sendAsync(message().header("Prefer", "wait=60").build(), HttpResponse.BodyHandlers.ofString());
        door.bus.end(
                "r1",
                new MessageStatus.Done(
                        AT, "1.0.0", Optional.of(new Message("i", "order/7", "order.Accepted", AT, Body.json(text)))));
        assertThat(waiting.get(30, TimeUnit.SECONDS).body()).isEqualTo(text);
    }

    @Test
    void aClientThatDoesNotTakeALargeAnswerIsCut() throws Exception {
        manyAgents();
        try (var socket = new Socket()) {
            socket.setReceiveBufferSize(1024);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            var ask =
                    "GET /v1/agents?limit=1000 HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer admin-token\r\n\r\n";
            // more than any buffer on the way takes
            socket.getOutputStream().write(ask.repeat(40).getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(4));
            assertThat(send(request("/v1/subject")).statusCode()).isEqualTo(200);

            socket.setSoTimeout(20_000);
            long whole = 40L * send(request("/v1/agents?limit=1000")).body().length();
            assertThat(drained(socket)).isLessThan(whole);
        }
    }

    private Socket begun(String framing) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        var head = "POST " + PATH + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer admin-token\r\n"
                + "Content-Type: application/json\r\n" + framing;
        socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    private static String status(Socket socket) throws IOException {
        return RawAnswer.read(socket.getInputStream(), false)
                .map(answer -> answer.status() + " " + answer.text())
                .orElse("nothing");
    }

    @Test
    void clientsThatSendSlowlyDoNotGetAllThreads() throws Exception {
        var slow = "Content-Length: 2\r\n\r\n{";
        try (var first = begun(slow);
                var second = begun(slow);
                var third = begun(slow);
                var fourth = begun(slow)) {
            var all = List.of(first, second, third, fourth);
            Optional<Socket> refused = Optional.empty();
            for (int time = 0; time < 600 && refused.isEmpty(); time++) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                for (var socket : all) {
                    refused = refused.isEmpty() && socket.getInputStream().available() > 0
                            ? Optional.of(socket)
                            : refused;
                }
            }
            assertThat(status(refused.orElseThrow())).startsWith("503").contains("bodies.full");

            try (var whole = begun("Content-Length: 2\r\n\r\n{}")) {
                assertThat(status(whole)).startsWith("202");
            }
            for (var socket : all) {
                if (!socket.equals(refused.get())) {
                    socket.getOutputStream().write('}');
                    assertThat(status(socket)).startsWith("202");
                }
            }
        }
    }

    @Test
    void theEndWaitsForThoseWhoAreSentHome() throws Exception {
        var waiting =
                client.sendAsync(message().header("Prefer", "wait=60").build(), HttpResponse.BodyHandlers.ofString());
        for (int time = 0; time < 600 && door.bus.sent.isEmpty(); time++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        servlet.close();
        server.stop();

        assertThat(waiting.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(202);
    }

    @Test
    void refusesWhatComesAfterTheEnd() throws Exception {
        servlet.close();
        var refused = send(message());

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("\"code\":\"unavailable\"");
        assertThat(door.bus.sent).isEmpty();
    }

    /** How much comes until the connection ends, one way or another. */
    private static long drained(Socket socket) throws SocketTimeoutException {
        long bytes = 0;
        var piece = new byte[1 << 16];
        try {
            for (int read = socket.getInputStream().read(piece);
                    read >= 0;
                    read = socket.getInputStream().read(piece)) {
                bytes += read;
            }
        } catch (SocketTimeoutException open) {
            throw open;
        } catch (IOException cut) {
            return bytes;
        }
        return bytes;
    }

    @Test
    void sendsHeartbeatsAndEndsStreamsWhenItCloses() throws Exception {
        var lines = lines(events(request("/v1/events")));
        skipped.addAndGet(TimeUnit.SECONDS.toNanos(16));
        assertThat(lines.next()).isEqualTo(":");
        assertThat(lines.next()).isEqualTo("id: " + ListedEvents.id(0));
        assertThat(lines.next()).isEmpty();
        servlet.close();

        assertThat(lines.hasNext()).isFalse();
        assertThat(send(request("/v1/events")).statusCode()).isEqualTo(503);
    }

    @Test
    void aClientThatTakesNothingHoldsNobodyUpAndIsCut() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write("GET /v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer admin-token\r\n\r\n"
                            .getBytes(StandardCharsets.UTF_8));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            var quick = lines(events(request("/v1/agents/order/7/events")));
            for (int number = 0; number < 64; number++) {
                door.events.failed(Address.of("stock", "1"), "x".repeat(1 << 20));
            }
            door.events.done(ORDER);
            assertThat(quick.next()).startsWith("id: ");
            assertThat(send(request("/v1/events")).statusCode()).isEqualTo(503);

            skipped.addAndGet(TimeUnit.SECONDS.toNanos(31));
            var third = events(request("/v1/events"));
            for (int time = 0; time < 600 && third.statusCode() == 503; time++) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                third = events(request("/v1/events"));
            }
            assertThat(lines(third)).isNotNull();
        }
    }

    private String raw(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
