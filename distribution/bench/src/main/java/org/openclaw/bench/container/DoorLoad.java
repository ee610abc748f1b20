package org.openclaw.bench.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;
import org.awaitility.Awaitility;
import org.slf4j.nop.NOPServiceProvider;

/**
 * Durable messages over HTTP, with the client on the same machine: one a request over connections that stay, beside empty 202s of
 * the same Jetty, in turn, in one run; then in batches of {@value #BATCH}; then at half of each rate, with the latencies from
 * when a request was due. All of it with turns, and with an agent type that is suspended: what is accepted waits then.
 *
 * <p>All of it runs for {@value #WARM_UP} s before anything is measured: on two processors that work, the compiler needs that long.
 *
 * <p>Arguments: seconds of a round (8), rounds (3), connections (64; a quarter of them for batches, of which each brings many messages).
 */
public final class DoorLoad {
    private static final int BATCH = 100;
    private static final double WARM_UP = 40;
    private static final int AGENTS = 10_000;
    private static final int ID_DIGITS = 12;
    private static final byte[] BODY = "{\"text\":\"hello\"}".getBytes(StandardCharsets.UTF_8);
    private static final String EVENTS = "application/cloudevents-batch+json";

    private final Container container;
    private final String token;
    private final double seconds;
    private final int connections;
    private long batches;

    private DoorLoad(Container container, double seconds, int connections) throws IOException {
        this.container = container;
        this.token = container.adminToken();
        this.seconds = seconds;
        this.connections = connections;
    }

    public static void main(String[] arguments) throws Exception {
        System.setProperty("slf4j.provider", NOPServiceProvider.class.getName());
        double seconds = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 8;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        int connections = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 64;
        var folder = Files.createTempDirectory("openclaw-door-load");
        try (var container =
                Container.started(Container.INSTALLATION, folder.resolve("home"), Map.of("CLAW_PROFILE", "server"))) {
            var plugins = Plugins.trustedBy(container, folder.resolve("plugins"));
            container.drop(plugins.echo("1.0.0"), "echo.jar");
            container.awaitFile("echo.jar", "serving");
            var empty = plugins.signed("plugin.empty", "1.0.0", Map.of(), List.of(Plugins.source("EmptyServlet")));
            container.drop(empty, "empty.jar");
            container.awaitFile("empty.jar", "serving");
            new DoorLoad(container, seconds, connections).measure(rounds);
        } finally {
            Checkout.delete(folder);
        }
    }

    private void measure(int rounds) throws Exception {
        LongFunction<byte[]> empty = _ -> request("/empty", "application/json", BODY);
        closed("warm-up, empty 202s", WARM_UP, empty, 1);
        closed("warm-up, messages", WARM_UP, this::single, 1);
        closed("warm-up, batches", WARM_UP, this::batch, BATCH);
        settle();
        var ratios = new ArrayList<Double>();
        var singles = new ArrayList<Double>();
        var batched = new ArrayList<Double>();
        for (int round = 0; round < rounds; round++) {
            double nothing = closed("empty 202s", seconds, empty, 1);
            double single = closed("messages, one a request", seconds, this::single, 1);
            settle();
            batched.add(closed("messages, " + BATCH + " a request", seconds, this::batch, BATCH));
            settle();
            singles.add(single);
            ratios.add(single / nothing);
        }
        System.out.printf(Locale.ROOT, "messages beside empty 202s, median of the ratios: %.2f%n", median(ratios));
        open("messages, one a request, at half the rate", median(singles) / 2, this::single);
        open("messages, " + BATCH + " a request, at half the rate", median(batched) / 2 / BATCH, this::batch);
        settle();
        suspend(true);
        closed("messages, " + BATCH + " a request, to a suspended type", seconds, this::batch, BATCH);
        suspend(false);
        settle();
    }

    private double closed(String what, double time, LongFunction<byte[]> requests, int messages) throws IOException {
        try (var hammer = new Hammer(container.port, messages == 1 ? connections : Math.max(1, connections / 4))) {
            var round = hammer.closed(time, requests);
            double rate = round.rate(202) * messages;
            System.out.printf(
                    Locale.ROOT,
                    "%-48s %,9.0f/s, p50 %.1f ms, p99 %.1f ms; answers %s%n",
                    what,
                    rate,
                    round.millis(0.5),
                    round.millis(0.99),
                    round.answers());
            return rate;
        }
    }

    private void open(String what, double perSecond, LongFunction<byte[]> requests) throws IOException {
        try (var hammer = new Hammer(container.port, connections)) {
            var round = hammer.open(seconds, perSecond, requests);
            System.out.printf(
                    Locale.ROOT,
                    "%-48s %,9.0f requests/s, p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms; answers %s%n",
                    what,
                    perSecond,
                    round.millis(0.5),
                    round.millis(0.99),
                    round.millis(0.999),
                    round.answers());
        }
    }

    private byte[] single(long number) {
        return request("/v1/agents/echo/load-" + number % AGENTS + "/messages?type=echo.Say", "application/json", BODY);
    }

    /** Events with ids that nothing had before. */
    private byte[] batch(long number) {
        long first = BATCH * batches++;
        var events = new StringBuilder("[");
        for (int each = 0; each < BATCH; each++) {
            var id = Long.toString(first + each);
            events.append(each == 0 ? "" : ",")
                    .append("{\"specversion\":\"1.0\",\"source\":\"/load\",\"type\":\"echo.Say\",\"id\":\"")
                    .repeat("0", ID_DIGITS - id.length())
                    .append(id)
                    .append("\",\"data\":{\"text\":\"hello\"}}");
        }
        return request(
                "/v1/agents/echo/load-" + number % AGENTS + "/messages",
                EVENTS,
                events.append(']').toString().getBytes(StandardCharsets.UTF_8));
    }

    private byte[] request(String path, String mediaType, byte[] body) {
        return Hammer.request(path, token, mediaType, body);
    }

    private void suspend(boolean suspended) throws Exception {
        var answer = container.call("POST", "/v1/types/echo/" + (suspended ? "suspend" : "resume"), "");
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException("the type echo: " + answer.statusCode() + " " + answer.body());
        }
    }

    /** Waits until what was accepted is done. */
    private void settle() throws Exception {
        long start = System.nanoTime();
        Awaitility.await("all turns")
                .atMost(Duration.ofMinutes(10))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    var messages = container.json("/v1/status").path("messages");
                    return messages.path("waiting").asLong()
                                    + messages.path("running").asLong()
                            == 0;
                });
        System.out.printf(Locale.ROOT, "%-48s %.1f s%n", "until all of it is done", (System.nanoTime() - start) / 1e9);
    }

    private static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
