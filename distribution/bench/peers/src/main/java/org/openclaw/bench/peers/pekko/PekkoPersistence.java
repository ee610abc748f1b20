package org.openclaw.bench.peers.pekko;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * How many commands a second Apache Pekko Persistence persists on PostgreSQL, with a number of commands outstanding at a number
 * of entities; each persists one event of 300 bytes and changes a state of 200. In rounds, so that whoever compares can take
 * turns. For one thread.
 */
final class PekkoPersistence implements AutoCloseable {
    private static final int CLIENTS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final PostgresServer postgres;
    private final ActorSystem<Void> system;
    private final List<ActorRef<Client.Message>> clients = new ArrayList<>();

    /**
     * Starts the actors; the database stays the caller's.
     *
     * @param outstanding how many commands are on their way at any time
     */
    PekkoPersistence(PostgresServer postgres, int entities, int outstanding) throws SQLException {
        this.postgres = postgres;
        createTables();
        var url = ConfigFactory.parseMap(Map.of("openclaw.peer.url", postgres.url()));
        var config = ConfigFactory.load(url.withFallback(ConfigFactory.defaultOverrides())
                .withFallback(ConfigFactory.parseResources("pekko.conf")));
        this.system = ActorSystem.create(Behaviors.empty(), "peer", config);
        for (int number = 0; number < CLIENTS; number++) {
            int first = entities * number / CLIENTS;
            int count = entities * (number + 1) / CLIENTS - first;
            int share = outstanding * (number + 1) / CLIENTS - outstanding * number / CLIENTS;
            clients.add(system.systemActorOf(Client.of(first, count, share), "client-" + number, Props.empty()));
        }
    }

    /**
     * Sends commands for so many seconds.
     *
     * @throws java.util.concurrent.CompletionException when an entity stopped or did not answer
     */
    Round round(int seconds) throws SQLException, IOException {
        // the entities are in memory and read nothing of it: no round pays for the indexes that the rounds before have
        // grown
        execute("TRUNCATE event_journal CASCADE");
        execute("CHECKPOINT");
        var cpuBefore = cpu();
        long start = System.nanoTime();
        var parts = new ArrayList<CompletableFuture<Samples>>();
        for (var client : clients) {
            var done = new CompletableFuture<Samples>();
            parts.add(done);
            client.tell(new Client.Begin(start, seconds, done));
        }
        CompletableFuture.allOf(parts.toArray(CompletableFuture<?>[]::new))
                .orTimeout(seconds + PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
        var cpu = cpu().minus(cpuBefore);
        var samples = Samples.of(parts.stream().map(CompletableFuture::join).toList());
        return new Round(
                samples.count(),
                samples.perSecond(),
                samples.micros(0.5),
                samples.micros(0.99),
                cpu.toNanos() / 1e3 / samples.count());
    }

    /** Stops the actors. */
    @Override
    public void close() {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }

    /** By the script that the plugin brings. */
    private void createTables() throws SQLException {
        try (var script = PekkoPersistence.class.getResourceAsStream("/schema/postgres/postgres-create-schema.sql")) {
            var text = new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
            for (var statement : text.split(";", -1)) {
                if (!statement.isBlank()) {
                    execute(statement);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void execute(String statement) throws SQLException {
        try (var connection = DriverManager.getConnection(postgres.url(), "openclaw", "");
                var command = connection.createStatement()) {
            command.execute(statement);
        }
    }

    /** Of this process and of the database's. */
    private Duration cpu() throws IOException {
        var own = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
        return postgres.cpu().plusNanos(own.getProcessCpuTime());
    }
}
