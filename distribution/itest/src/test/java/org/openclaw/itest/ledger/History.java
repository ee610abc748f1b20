package org.openclaw.itest.ledger;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** What was acknowledged, added up by agent: so much has to be in the agents' books, no less and no more. Thread-safe. */
public final class History {
    private static final class Account {
        private final Map<String, Integer> received = new HashMap<>();
        private final Map<String, Integer> sent = new HashMap<>();
        private long total;
        private long count;
    }

    private final Map<String, Account> accounts = new TreeMap<>();
    private long acknowledged;

    synchronized void acknowledged(Entry entry) {
        acknowledged++;
        var path = entry.path();
        for (int hop = 0; hop < path.size(); hop++) {
            var account = account(path.get(hop));
            account.total += entry.amount();
            account.count++;
            account.received.merge(hop == 0 ? entry.sender() : path.get(hop - 1), 1, Integer::sum);
            if (hop + 1 < path.size()) {
                account.sent.merge(path.get(hop + 1), 1, Integer::sum);
            }
        }
    }

    /** How many messages of clients were acknowledged. */
    public synchronized long acknowledged() {
        return acknowledged;
    }

    /** How many turns they make, one at each agent of their paths. */
    public synchronized long turns() {
        return accounts.values().stream().mapToLong(account -> account.count).sum();
    }

    /** The first agent whose book is not what it should be, and how; empty when every message took effect exactly once. */
    synchronized Optional<String> difference(Map<String, Book> books) {
        var agents = new TreeSet<>(accounts.keySet());
        agents.addAll(books.keySet());
        long wrong = 0;
        var first = Optional.<String>empty();
        for (var agent : agents) {
            var difference = difference(
                    agent, accounts.getOrDefault(agent, new Account()), books.getOrDefault(agent, Book.EMPTY));
            if (difference.isPresent()) {
                wrong++;
                first = first.or(() -> difference);
            }
        }
        long others = wrong - 1;
        return first.map(text -> text + "\n  and the books of " + others + " other agents of " + agents.size());
    }

    private static Optional<String> difference(String agent, Account account, Book book) {
        var text = new StringBuilder();
        book.violations().forEach(violation -> text.append("\n  ").append(violation));
        compare("of", "applied", account.received, book.received(), text);
        compare("to", "sent on", account.sent, book.sent(), text);
        if (account.count != book.count() || account.total != book.total()) {
            text.append("\n  it applied ")
                    .append(book.count())
                    .append(" messages with a total of ")
                    .append(book.total())
                    .append(" (expected: ")
                    .append(account.count)
                    .append(" with ")
                    .append(account.total)
                    .append(')');
        }
        return text.isEmpty() ? Optional.empty() : Optional.of("ledger/" + agent + ":" + text);
    }

    private static void compare(
            String which, String done, Map<String, Integer> expected, Map<String, Integer> actual, StringBuilder text) {
        var names = new TreeSet<>(expected.keySet());
        names.addAll(actual.keySet());
        for (var name : names) {
            int due = expected.getOrDefault(name, 0);
            int last = actual.getOrDefault(name, 0);
            if (last != due) {
                text.append("\n  messages ").append(numbers(Math.min(last, due) + 1, Math.max(last, due)));
                text.append(' ').append(which).append(' ').append(name);
                text.append(last < due ? " are not " : " are unknown and ").append(done);
            }
        }
    }

    private static String numbers(int first, int last) {
        return first == last ? Integer.toString(first) : first + " to " + last;
    }

    private Account account(String agent) {
        return accounts.computeIfAbsent(agent, each -> new Account());
    }
}
