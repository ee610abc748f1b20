package org.openclaw.bench.container;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongUnaryOperator;

/**
 * Calls at a constant rate, whatever becomes of them (an open loop): latencies count from when a call was due, so a stall is
 * not hidden by the calls that it held up.
 */
public final class Load implements AutoCloseable {
    /**
     * One call.
     *
     * @param dueNanos when it was due, as {@link System#nanoTime()}
     * @param tookNanos from then until its answer was read
     * @param status the HTTP status, 0 when there was no answer
     * @param answer the body, or what went wrong
     */
    public record Call(long dueNanos, long tookNanos, int status, String answer) {
        /** Whether the agent answered. */
        public boolean succeeded() {
            return status == 200;
        }
    }

    private final ConcurrentLinkedQueue<Call> calls = new ConcurrentLinkedQueue<>();
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Container container;
    private final String token;
    private final ExecutorService pacer =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().name("load").factory());
    private volatile boolean running = true;

    /** Starts to ask {@code agents} echo agents in turn, {@code perSecond} times a second. */
    public Load(Container container, int perSecond, int agents) throws IOException {
        this.container = container;
        this.token = container.adminToken();
        pacer.execute(() -> pace(TimeUnit.SECONDS.toNanos(1) / perSecond, number -> number % agents));
    }

    /** Every call that has ended. */
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    /** Stops calling and waits for the calls under way. */
    @Override
    public void close() {
        running = false;
        pacer.close();
        callers.close();
        http.close();
    }

    /** The latency below which this share of the calls stayed, in milliseconds; 0 without any call. */
    public static double percentile(Collection<Call> calls, double share) {
        var sorted = calls.stream().mapToLong(Call::tookNanos).sorted().toArray();
        if (sorted.length == 0) {
            return 0;
        }
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))] / 1e6;
    }

    private void pace(long stepNanos, LongUnaryOperator agentOf) {
        long due = System.nanoTime();
        for (long number = 0; running; number++) {
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            long dueNow = due;
            long agent = agentOf.applyAsLong(number);
            callers.execute(() -> calls.add(call(dueNow, agent)));
            due += stepNanos;
        }
    }

    private Call call(long due, long agent) {
        try {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + container.port + "/v1/agents/echo/load-"
                                    + agent + "/messages?type=echo.Say"))
                            .timeout(Duration.ofSeconds(30))
                            .header("Authorization", "Bearer " + token)
                            .header("Content-Type", "application/json")
                            .header("Prefer", "wait=20")
                            .POST(HttpRequest.BodyPublishers.ofString("{\"text\":\"x\"}"))
                            .build(),
                    BodyHandlers.ofString());
            return new Call(due, System.nanoTime() - due, answer.statusCode(), answer.body());
        } catch (IOException | InterruptedException failed) {
            return new Call(due, System.nanoTime() - due, 0, failed.toString());
        }
    }
}
