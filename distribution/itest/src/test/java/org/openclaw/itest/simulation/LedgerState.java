package org.openclaw.itest.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an agent of the simulation remembers.
 *
 * @param last the last number of each sender
 * @param sent how many it has sent to each other agent
 * @param adds how many messages of clients it has taken
 * @param timers how many timers it has set
 * @param ticks how many of them have fired
 * @param heard the questions it has answered
 * @param requests how many requests it has sent to agents that lose nothing
 * @param returns how many replies to those it has got
 * @param tocks how often its schedule has fired; negative when it has set none
 * @param violations numbers that were not the next one
 * @param published how many it has published
 * @param news what was published and has come to it, in order
 */
public record LedgerState(
        Map<String, Long> last,
        Map<String, Long> sent,
        long adds,
        long timers,
        long ticks,
        List<String> heard,
        long requests,
        long returns,
        long tocks,
        List<String> violations,
        long published,
        List<String> news) {
    static final LedgerState EMPTY =
            new LedgerState(Map.of(), Map.of(), 0, 0, 0, List.of(), 0, 0, -1, List.of(), 0, List.of());

    /** @param mayMiss whether numbers may be missing before this one */
    LedgerState received(String from, long number, boolean mayMiss) {
        var next = new TreeMap<>(last);
        long before = next.getOrDefault(from, 0L);
        var wrong = new ArrayList<>(violations);
        if (mayMiss ? number <= before : number != before + 1) {
            wrong.add("%s sent %d after %d".formatted(from, number, before));
        }
        next.put(from, Math.max(before, number));
        return new LedgerState(
                next, sent, adds, timers, ticks, heard, requests, returns, tocks, List.copyOf(wrong), published, news);
    }

    LedgerState publishing() {
        return new LedgerState(
                last, sent, adds, timers, ticks, heard, requests, returns, tocks, violations, published + 1, news);
    }

    boolean hasHeardOf(String from, long number) {
        return news.contains(from + " " + number);
    }

    LedgerState heardOf(String from, long number) {
        var all = new ArrayList<>(news);
        all.add(from + " " + number);
        return new LedgerState(
                last,
                sent,
                adds,
                timers,
                ticks,
                heard,
                requests,
                returns,
                tocks,
                violations,
                published,
                List.copyOf(all));
    }

    LedgerState taken() {
        return new LedgerState(
                last, sent, adds + 1, timers, ticks, heard, requests, returns, tocks, violations, published, news);
    }

    LedgerState passed(String to) {
        var next = new TreeMap<>(sent);
        next.merge(to, 1L, Long::sum);
        return new LedgerState(
                last, next, adds, timers, ticks, heard, requests, returns, tocks, violations, published, news);
    }

    LedgerState timed() {
        return new LedgerState(
                last, sent, adds, timers + 1, ticks, heard, requests, returns, tocks, violations, published, news);
    }

    LedgerState ticked() {
        return new LedgerState(
                last, sent, adds, timers, ticks + 1, heard, requests, returns, tocks, violations, published, news);
    }

    LedgerState heard(String question) {
        var all = new ArrayList<>(heard);
        all.add(question);
        return new LedgerState(
                last,
                sent,
                adds,
                timers,
                ticks,
                List.copyOf(all),
                requests,
                returns,
                tocks,
                violations,
                published,
                news);
    }

    LedgerState requested() {
        return new LedgerState(
                last, sent, adds, timers, ticks, heard, requests + 1, returns, tocks, violations, published, news);
    }

    LedgerState returned() {
        return new LedgerState(
                last, sent, adds, timers, ticks, heard, requests, returns + 1, tocks, violations, published, news);
    }

    LedgerState tocked() {
        return new LedgerState(
                last, sent, adds, timers, ticks, heard, requests, returns, tocks + 1, violations, published, news);
    }
}
