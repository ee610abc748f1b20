package org.openclaw.bench.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.runtime.engine.Settings;
import org.openclaw.bench.peers.Peer;
import org.openclaw.store.TurnStore;
import org.openclaw.store.journal.JournalTurnStore;
import org.openclaw.store.journal.Options;

/**
 * Durable turns agent to agent, beside the journal alone with the same records and Pekko Persistence on PostgreSQL: they take turns
 * in one run, so that the ratios hold whatever else the machine does.
 *
 * <p>Arguments: {@code [ROUNDS [SECONDS]]}.
 */
final class Beside {
    private static final int AGENTS = 100_000;
    private static final int IN_FLIGHT = 1_000;
    private static final int WARM_UP = 30;
    private static final int BATCH = 256;

    private Beside() {}

    /** A round, in turns a second; Pekko's is missing where it cannot run. */
    private record Round(
            double ours, double journal, @Nullable Double pekko) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "  turns %,9.0f/s   journal alone %,9.0f/s: %3.0f %%   Pekko %s",
                    ours,
                    journal,
                    100 * ours / journal,
                    pekko == null ? "-" : String.format(Locale.ROOT, "%,9.0f/s: %.2f times", pekko, ours / pekko));
        }
    }

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 7;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
        var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "bench");
        var settings = Settings.fittingThisJvm();
        try (var node = new Node(folder.resolve("node"), settings, AGENTS);
                var store = JournalTurnStore.open(folder.resolve("alone"), Options.ofThisMachine())) {
            node.load(IN_FLIGHT, 0);
            node.round(WARM_UP);
            var pekko = Peer.pekko(Path.of(System.getProperty("openclaw.root", "../..")), IN_FLIGHT, IN_FLIGHT);
            try {
                measure(node, store, pekko, rounds, seconds);
            } finally {
                if (pekko.isPresent()) {
                    pekko.get().close();
                }
            }
        } finally {
            DurableTurns.delete(folder);
        }
    }

    private static void measure(Node node, TurnStore store, Optional<Peer> pekko, int rounds, int seconds)
            throws IOException, InterruptedException {
        var alone = new JournalAlone(store);
        alone.rates(BATCH, seconds);
        var all = new ArrayList<Round>();
        for (int round = 0; round < rounds; round++) {
            double ours = node.round(seconds);
            double journal = JournalAlone.median(alone.rates(BATCH, seconds));
            all.add(new Round(
                    ours,
                    journal,
                    pekko.isPresent() ? pekko.get().round(seconds).perSecond() : null));
            System.out.println(all.getLast());
        }
        System.out.printf(
                Locale.ROOT,
                "medians of %d rounds: turns %,.0f/s, %.0f %% of the journal alone (batches of %d)%s%n",
                rounds,
                median(all, Round::ours),
                100 * median(all, round -> round.ours() / round.journal()),
                BATCH,
                pekko.isEmpty()
                        ? ""
                        : String.format(Locale.ROOT, ", %.2f times Pekko", median(all, round -> {
                            var other = round.pekko();
                            return other == null ? Double.NaN : round.ours() / other;
                        })));
    }

    private static double median(List<Round> all, Function<Round, Double> value) {
        var values = new ArrayList<>(all.stream().map(value).toList());
        Collections.sort(values);
        return values.get(values.size() / 2);
    }
}
