package org.openclaw.bench.peers.pekko;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process: {@code [entities] [outstanding]}. It says {@code ready} once it is warm, or {@code skipped} and why; answers each
 * {@code round SECONDS} on its standard input with a line {@code round ...} or {@code failed} and why; ends with its input.
 */
public final class PekkoPeer {
    private static final Logger LOG = LoggerFactory.getLogger(PekkoPeer.class);
    private static final int WARM_UP_SECONDS = 15;

    private PekkoPeer() {}

    static void main(String[] arguments) throws IOException, SQLException {
        int entities = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1000;
        int outstanding = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1000;
        var programs = PostgresServer.programs();
        if (programs.isEmpty()) {
            System.out.println("skipped Pekko Persistence: PostgreSQL's initdb and pg_ctl are neither on PATH nor in"
                    + " /usr/lib/postgresql/*/bin. Install the package postgresql of the operating system.");
            return;
        }
        var postgres = PostgresServer.started(programs.get());
        // the database is in processes of its own, which would outlive this one when it is told to stop
        var stop = new Thread(() -> close(postgres), "stop-postgres");
        Runtime.getRuntime().addShutdownHook(stop);
        try (var pekko = new PekkoPersistence(postgres, entities, outstanding)) {
            pekko.round(WARM_UP_SECONDS);
            System.out.println("ready");
            answer(pekko);
        }
    }

    private static void answer(PekkoPersistence pekko) throws IOException, SQLException {
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var line = input.readLine(); line != null; line = input.readLine()) {
            var words = line.strip().split(" ", -1);
            if (words.length != 2 || !words[0].equals("round")) {
                System.out.println("failed '" + line + "' (expected: round SECONDS)");
                continue;
            }
            try {
                System.out.println(pekko.round(Integer.parseInt(words[1])).line());
            } catch (CompletionException failed) {
                // the entities are gone, and with them every further round
                System.out.println("failed " + failed.getCause());
                return;
            }
        }
    }

    private static void close(PostgresServer postgres) {
        try {
            postgres.close();
        } catch (IOException failed) {
            LOG.error("PostgreSQL may still run, or its folder still be there", failed);
        }
    }
}
