package org.openclaw.itest.ledger;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.awaitility.Awaitility;
import org.openclaw.bench.container.Container;

/**
 * Clients that send numbered amounts, each one message at a time: the next to an agent follows when the one before is
 * acknowledged, and one without an answer is repeated with the same key until it has one, however often the container is gone
 * in between. What is acknowledged goes into the history.
 */
public final class Clients implements AutoCloseable {
    /** An agent passes on to the ones so many places further, so that each hears from few. */
    private static final int[] STRIDES = {1, 7, 31};

    private static final int MOST_HOPS = 3;
    /** One message in ten is for one of these, whose inboxes are never empty for long. */
    private static final int BUSY_AGENTS = 8;

    /**
     * How much they do.
     *
     * @param clients how many there are
     * @param agents how many they send to
     * @param memoBytes how much each message carries besides, through all its hops
     */
    public record Load(int clients, int agents, int memoBytes) {
        String memo() {
            return "m".repeat(memoBytes);
        }
    }

    private static final Duration REQUEST = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("client-", 0).factory());
    private final Queue<String> troubles = new ConcurrentLinkedQueue<>();
    private final Lock asking = new ReentrantLock();
    /** When one of them saw that it is ready; guarded by {@code asking}. */
    private long seenReady = System.nanoTime();

    private final LongAdder repeated = new LongAdder();
    private final Refusals refusals = new Refusals();
    private final Container container;
    private final String token;
    private final History history;
    private final long seed;
    private final int agents;
    private final String memo;
    private volatile boolean running = true;

    /** Starts to send. */
    public Clients(Container container, History history, long seed, Load load) throws IOException {
        this.container = container;
        this.token = container.adminToken();
        this.history = history;
        this.seed = seed;
        this.agents = load.agents();
        this.memo = load.memo();
        var random = RandomGeneratorFactory.<RandomGenerator.SplittableGenerator>of("L64X128MixRandom")
                .create(seed);
        for (int number = 0; number < load.clients(); number++) {
            var name = "client-" + number;
            var own = random.split();
            threads.execute(() -> send(name, own));
        }
    }

    /** Sends nothing new, and returns when all that was sent is acknowledged, or a client has given up. */
    public void finish() {
        running = false;
        threads.close();
    }

    /** What no client can explain, such as an answer that is neither an acknowledgement nor a refusal to try again. */
    public List<String> troubles() {
        return List.copyOf(troubles);
    }

    /** How many requests had no answer, and were repeated. */
    public long repeated() {
        return repeated.sum();
    }

    public Refusals refusals() {
        return refusals;
    }

    @Override
    public void close() {
        running = false;
        threads.shutdownNow();
        threads.close();
        http.close();
    }

    private void send(String client, RandomGenerator random) {
        var numbers = new int[agents];
        try {
            while (running) {
                int agent = random.nextInt(10) == 0 ? random.nextInt(BUSY_AGENTS) : random.nextInt(agents);
                var path = new ArrayList<String>();
                int last = agent;
                path.add(key(last));
                for (int hops = random.nextInt(MOST_HOPS + 1); hops > 0; hops--) {
                    last = (last + STRIDES[random.nextInt(STRIDES.length)]) % agents;
                    path.add(key(last));
                }
                var entry = new Entry(client, ++numbers[agent], random.nextLong(1, 1_000), path);
                acknowledge(entry);
                history.acknowledged(entry);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failed) {
            troubles.add(failed.toString());
        }
    }

    /** Sends it as often as it takes. */
    private void acknowledge(Entry entry) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + container.port + "/v1/agents/ledger/"
                        + entry.agent() + "/messages?type=ledger.Add"))
                .timeout(REQUEST)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", entry.id(seed))
                .POST(BodyPublishers.ofString(entry.body(memo)))
                .build();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            HttpResponse<String> answer;
            try {
                answer = http.send(request, BodyHandlers.ofString());
            } catch (IOException unanswered) {
                repeated.increment();
                awaitReady();
                continue;
            }
            switch (answer.statusCode()) {
                case 202 -> {
                    return;
                }
                case 429, 503 -> {
                    refusals.add(answer);
                    long seconds =
                            answer.headers().firstValueAsLong("Retry-After").orElse(1);
                    var _ = new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
                }
                default -> {
                    if (isOurs(answer)) {
                        throw new IllegalStateException(
                                entry + " was answered with " + answer.statusCode() + " " + answer.body());
                    }
                    // the server is there again, and the door behind it is not yet
                    awaitReady();
                }
            }
        }
        throw new IllegalStateException(entry + " was not acknowledged within " + PATIENCE);
    }

    private static boolean isOurs(HttpResponse<String> answer) {
        return answer.headers()
                .firstValue("Content-Type")
                .filter(type -> type.startsWith("application/"))
                .isPresent();
    }

    /** One client asks for all: each for itself, they would take the processor from what is to become ready. */
    private void awaitReady() throws InterruptedException {
        long since = System.nanoTime();
        asking.lockInterruptibly();
        try {
            if (seenReady - since <= 0) {
                Awaitility.await("ready again")
                        .atMost(PATIENCE)
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(100))
                        .ignoreExceptions()
                        .until(() -> container.plain("GET", "/readyz", "").statusCode() == 200);
                seenReady = System.nanoTime();
            }
        } finally {
            asking.unlock();
        }
    }

    /** The key of an agent. */
    static String key(int agent) {
        return "agent-" + agent;
    }
}
