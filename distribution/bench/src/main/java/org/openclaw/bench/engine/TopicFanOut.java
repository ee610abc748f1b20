package org.openclaw.bench.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.openclaw.agent.runtime.engine.Settings;
import org.openclaw.message.Body;
import org.openclaw.message.Message;
import org.openclaw.message.MessageFilter;
import org.openclaw.message.PublishReceipt;
import org.openclaw.message.Subscription;
import org.openclaw.message.Tenant;
import org.openclaw.message.Topic;

/**
 * What is published to a topic with 1, 10 and 100 subscriptions, each of one agent: messages and turns a second, and the bytes that
 * the process writes for each message and each turn. Were bodies copied, a turn would cost the body once more.
 *
 * <p>Arguments: {@code [SECONDS [BYTES]]}: how long for each, and how large a body is.
 */
final class TopicFanOut {
    private static final int[] SUBSCRIPTIONS = {1, 10, 100};
    private static final int OUTSTANDING = 500;
    private static final Topic TOPIC = Topic.of("bench");
    /** So many publications may be ahead of the slowest of the turns. */
    private static final long AHEAD = 2_000;

    private TopicFanOut() {}

    public static void main(String[] arguments) throws Exception {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10;
        int bytes = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 4_096;
        for (int subscriptions : SUBSCRIPTIONS) {
            var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "bench");
            try (var node = new Node(folder.resolve("journal"), Settings.fittingThisJvm(), subscriptions)) {
                measure(node, subscriptions, seconds, bytes);
            } finally {
                DurableTurns.delete(folder);
            }
        }
    }

    private static void measure(Node node, int subscriptions, int seconds, int bytes) throws Exception {
        for (int agent = 0; agent < subscriptions; agent++) {
            var subscription = Subscription.of(TOPIC, Node.address(agent), MessageFilter.everything());
            node.engine().topics().subscribe(Tenant.DEFAULT, subscription, new Subscription.Start.Now());
        }
        long number = publish(node, subscriptions, seconds / 3, bytes, 0); // warms up
        long written = written();
        long start = System.nanoTime();
        long published = publish(node, subscriptions, seconds, bytes, number) - number;
        double took = (System.nanoTime() - start) / 1e9;
        double each = (double) (written() - written) / published;
        System.out.printf(
                Locale.ROOT,
                "%3d subscriptions: %,.0f messages/s, %,.0f turns/s; %,.0f bytes written a message of %,d, %,.0f a turn%n",
                subscriptions,
                published / took,
                published * subscriptions / took,
                each,
                bytes,
                each / subscriptions);
    }

    /** Publishes for so long, and waits until all turns are done; how many were published by then. */
    private static long publish(Node node, int subscriptions, int seconds, int bytes, long first) throws Exception {
        var trouble = new AtomicReference<>("");
        var window = new Semaphore(OUTSTANDING);
        var padding = ",\"padding\":\"" + "p".repeat(Math.max(1, bytes - 40)) + "\"}";
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        long number = first;
        while (System.nanoTime() < end) {
            if (number - node.engine().read().turns() / subscriptions > AHEAD) {
                TimeUnit.MILLISECONDS.sleep(1);
                continue;
            }
            window.acquire();
            var _ = node.engine()
                    .offer(Tenant.DEFAULT, TOPIC, message(++number, padding))
                    .whenComplete((receipt, failed) -> {
                        if (!(receipt instanceof PublishReceipt.Accepted)) {
                            trouble.compareAndSet("", String.valueOf(failed == null ? receipt : failed));
                        }
                        window.release();
                    });
        }
        window.acquire(OUTSTANDING);
        if (!trouble.get().isEmpty()) {
            throw new IllegalStateException("a message was refused, so the figures say nothing: " + trouble.get());
        }
        while (node.engine().read().turns() < number * subscriptions) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return number;
    }

    private static Message message(long number, String padding) {
        return new Message(
                Long.toString(number),
                "/bench",
                HopAgent.TYPE + ".Ask",
                Clock.systemUTC().instant(),
                Body.json("{\"token\":" + number + padding));
    }

    /** What this process has written so far, wherever to, by Linux. */
    private static long written() throws IOException {
        for (var line : Files.readAllLines(Path.of("/proc/self/io"))) {
            if (line.startsWith("wchar: ")) {
                return Long.parseLong(line.substring("wchar: ".length()));
            }
        }
        throw new IOException("/proc/self/io does not say what was written (expected: a line 'wchar: N')");
    }
}
