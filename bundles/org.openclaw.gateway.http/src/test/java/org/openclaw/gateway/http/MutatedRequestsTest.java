package org.openclaw.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Each operation is called thousands of times with a request that was right and is so no more, over sockets, on the very Jetty that the
 * container ships: it says no in its own words, and goes on. {@code -Dhttp.mutations=} says how many, {@code -Dhttp.seed=} which.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MutatedRequestsTest {
    private static final int RUNS = Integer.getInteger("http.mutations", 10_000);
    private static final long SEED = Long.getLong("http.seed", 20_261_127L);
    /** What has been sent may have changed what is there: so many times, then it is as it was. */
    private static final int ROUND = 20;

    private static final int PATIENCE = 10_000;
    /** What gives away how it is made inside. */
    private static final Pattern INSIDES = Pattern.compile(
            "Exception|\\bat [a-zA-Z0-9.$/]+\\(|Caused by|`[A-Z]\\w+[.#]|\\b(java|jakarta|tools|org|com)\\.([a-z0-9]+\\.)+[A-Z]");
    /** What the server says of what is no valid HTTP, before anybody else sees it. */
    private static final Set<Integer> OF_THE_SERVER = Set.of(400, 414, 417, 426, 431);

    private final Server server = new Server(new QueuedThreadPool(20));
    private final Present present = new Present();
    private int port;

    /** The servlet that answers at present. */
    private static final class Present extends HttpServlet {
        private static final long serialVersionUID = 1;
        private transient volatile ApiServlet servlet = fresh();

        private static ApiServlet fresh() {
            var door = new TestDoor();
            try {
                Samples.fill(door);
            } catch (Exception broken) {
                throw new IllegalStateException(broken);
            }
            return new ApiServlet(
                    door.door, TestDoor.BOUNDS, door.cors, new EventStreams(100, new ThreadLoop("event-streams")));
        }

        void renew() {
            servlet.close();
            servlet = fresh();
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) {
            servlet.service(request, response);
        }
    }

    @BeforeAll
    void start() throws Exception {
        var configuration = new HttpConfiguration();
        configuration.setRequestHeaderSize(16_384);
        configuration.setSendServerVersion(false);
        var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        var context = new ServletContextHandler("/", 0);
        var holder = new ServletHolder(present);
        holder.setAsyncSupported(true);
        context.getServletHandler().setEnsureDefaultServlet(false);
        context.addServlet(holder, "/v1/*");
        context.addServlet(holder, OpenApi.PATH);
        context.addServlet(new ServletHolder(new ProbeServlet()), "/healthz");
        context.addServlet(new ServletHolder(new ProbeServlet()), "/readyz");
        server.setHandler(context);
        server.start();
        port = connector.getLocalPort();
    }

    @AfterAll
    void stop() throws Exception {
        present.servlet.close();
        server.stop();
    }

    static Stream<String> operations() {
        return Samples.ids().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void getAnAnswerOfOurs(String id) throws Exception {
        int runs = Math.max(1, RUNS / Samples.ids().size());
        for (int run = 0; run < runs; run++) {
            if (run % ROUND == 0) {
                present.renew();
            }
            long seed = SEED + run;
            var draft = Draft.of(Samples.of(id));
            new Mutations(new Random(seed * 31 + id.hashCode())).mutate(draft);
            int current = run;
            Supplier<String> what = () -> "%s, run %d of seed %d:%n%s".formatted(id, current, SEED, draft);
            try {
                ask(draft).ifPresent(answer -> check(what, draft, answer));
            } catch (IOException broken) {
                fail("No whole answer to " + what.get(), broken);
            }
        }
        assertThat(ask(Draft.of(Samples.Sample.of("GET", "/v1/subject"))))
                .hasValueSatisfying(answer -> assertThat(answer.status()).isEqualTo(200));
    }

    /** The answer; empty when the server has just hung up. */
    private Optional<RawAnswer> ask(Draft draft) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE);
            try {
                socket.getOutputStream().write(draft.bytes());
                socket.shutdownOutput();
            } catch (SocketException refused) {
                // it need not take all of what it refuses
            }
            return RawAnswer.read(new BufferedInputStream(socket.getInputStream()), draft.method.equals("HEAD"));
        }
    }

    private static void check(Supplier<String> what, Draft draft, RawAnswer answer) {
        assertThat(answer.status()).as(what).matches(status -> status < 500 || status == 503, "no 5xx but 503");
        if (answer.status() < 400 || answer.text().isEmpty()) {
            return;
        }
        assertThat(answer.text()).as(what).doesNotContainPattern(INSIDES);
        if (!answer.header("Content-Type").equals(Problem.MEDIA_TYPE)) {
            assertThat(answer.status())
                    .as(() -> what.get() + "\n" + answer.text())
                    .matches(status -> OF_THE_SERVER.contains(status) || leadsElsewhere(draft.target), "a problem");
            return;
        }
        var problem = JsonMapper.shared().readTree(answer.text());
        assertThat(problem.path("status").asInt()).as(what).isEqualTo(answer.status());
        assertThat(problem.propertyNames()).as(what).contains("type", "title", "status", "detail", "code");
    }

    private static boolean leadsElsewhere(String target) {
        return !target.startsWith("/v1/") || target.contains("..") || target.contains("%2e");
    }
}
