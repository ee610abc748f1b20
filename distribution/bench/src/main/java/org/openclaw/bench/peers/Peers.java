package org.openclaw.bench.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;

/** The peers by themselves, as a look at what they do on this machine. Ratios come from runs in which both sides take turns. */
public final class Peers {
    private Peers() {}

    /** Prints the measurement: {@code [rounds] [seconds] [entities] [outstanding]}. */
    static void main(String[] args) throws IOException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 10;
        int entities = args.length > 2 ? Integer.parseInt(args[2]) : 1_000;
        int outstanding = args.length > 3 ? Integer.parseInt(args[3]) : 1_000;
        var root = Path.of(System.getProperty("openclaw.root", "../.."));
        var started = Peer.pekko(root, entities, outstanding);
        if (started.isEmpty()) {
            return;
        }
        try (var pekko = started.get()) {
            System.out.printf(
                    "Pekko Persistence on PostgreSQL, %d entities, %d commands outstanding, rounds of %d s:%n",
                    entities, outstanding, seconds);
            var results = new ArrayList<PeerRound>();
            for (int round = 0; round < rounds; round++) {
                results.add(pekko.round(seconds));
                System.out.println("  " + results.getLast());
            }
            results.sort(Comparator.comparingDouble(PeerRound::perSecond));
            System.out.printf(
                    "  median of the rounds: %,.0f persisted commands/s%n",
                    results.get(results.size() / 2).perSecond());
        }
    }
}
