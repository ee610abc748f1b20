package org.openclaw.itest.ledger;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One amount on its way.
 *
 * @param sender the client
 * @param number how many it has sent to this agent, with this one
 * @param path the agent that it is sent to, and those that it passes the amount on to
 */
record Entry(String sender, int number, long amount, List<String> path) {
    Entry {
        path = List.copyOf(path);
    }

    String agent() {
        return path.getFirst();
    }

    /** The same at each repetition, and of no other message. */
    String id(long seed) {
        return Long.toHexString(seed) + "/" + sender + "/" + agent() + "/" + number;
    }

    String body(String memo) {
        var onward = path.stream().skip(1).map(Entry::quoted).collect(Collectors.joining(",", "[", "]"));
        return "{\"sender\":" + quoted(sender) + ",\"number\":" + number + ",\"amount\":" + amount + ",\"onward\":"
                + onward + ",\"memo\":" + quoted(memo) + "}";
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
