package org.openclaw.itest.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.openclaw.bench.container.Container;
import org.openclaw.bench.container.Plugins;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The ledger agents of a container: how they get there, and what their books say. */
public final class Ledger {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int READERS = 16;

    private final Container container;
    private final int agents;

    private Ledger(Container container, int agents) {
        this.container = container;
        this.agents = agents;
    }

    /** Deploys the agent type. */
    public static Ledger deployed(Container container, Path work, int agents) throws Exception {
        var sources = List.of(Plugins.source("LedgerAgent"));
        var jar = Plugins.trustedBy(container, work).signed("plugin.ledger", "1.0.0", Map.of(), sources);
        container.drop(jar, "ledger.jar");
        container.awaitFile("ledger.jar", "serving");
        return new Ledger(container, agents);
    }

    /** Waits until no message waits and no turn runs; the first agent whose book is not what the history says, and how. */
    public Optional<String> difference(History history) throws Exception {
        Awaitility.await("nothing waits")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(this::isQuiet);
        return history.difference(books());
    }

    /** Looks twice: a message that one turn is just handing to the next agent is in none of the counts. */
    private boolean isQuiet() throws Exception {
        var before = container.json("/v1/status").path("messages");
        var after = container.json("/v1/status").path("messages");
        return isIdle(before) && isIdle(after) && before.path("turns").equals(after.path("turns"));
    }

    private static boolean isIdle(JsonNode messages) {
        return messages.path("waiting").asLong(-1) == 0
                && messages.path("running").asLong(-1) == 0;
    }

    private Map<String, Book> books() throws Exception {
        var reads = new ArrayList<Callable<Map.Entry<String, Book>>>();
        for (int number = 0; number < agents; number++) {
            var agent = Clients.key(number);
            reads.add(() -> Map.entry(agent, book(agent)));
        }
        var books = new HashMap<String, Book>();
        try (var readers = Executors.newFixedThreadPool(READERS)) {
            for (var read : readers.invokeAll(reads)) {
                books.put(read.get().getKey(), read.get().getValue());
            }
        }
        return books;
    }

    private Book book(String agent) throws Exception {
        var answer = container.call(
                "POST", "/v1/agents/ledger/" + agent + "/messages?type=ledger.Balance", "{}", "Prefer", "wait=30");
        if (answer.statusCode() == 404 && answer.body().contains("agent.unknown")) {
            return Book.EMPTY;
        }
        assertThat(answer.statusCode())
                .as("the balance of %s: %s", agent, answer.body())
                .isEqualTo(200);
        return Book.of(JSON.readTree(answer.body()));
    }
}
