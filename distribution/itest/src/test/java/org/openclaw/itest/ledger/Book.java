package org.openclaw.itest.ledger;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What an agent says it has applied.
 *
 * @param total the sum of the amounts
 * @param count how many messages
 * @param received the last number by sender
 * @param sent the last number by receiver
 * @param violations what came twice, too early or too late, in the agent's words
 */
record Book(long total, long count, Map<String, Integer> received, Map<String, Integer> sent, List<String> violations) {
    /** Of an agent that has never been sent anything. */
    static final Book EMPTY = new Book(0, 0, Map.of(), Map.of(), List.of());

    /** The answer to a {@code ledger.Balance}. */
    static Book of(JsonNode answer) {
        return new Book(
                answer.path("total").asLong(),
                answer.path("count").asLong(),
                numbers(answer.path("received")),
                numbers(answer.path("sent")),
                answer.path("violations").valueStream().map(JsonNode::asString).toList());
    }

    private static Map<String, Integer> numbers(JsonNode node) {
        var numbers = new HashMap<String, Integer>();
        node.properties()
                .forEach(entry -> numbers.put(entry.getKey(), entry.getValue().asInt()));
        return Map.copyOf(numbers);
    }
}
