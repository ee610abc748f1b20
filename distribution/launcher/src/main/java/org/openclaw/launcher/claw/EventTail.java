package org.openclaw.launcher.claw;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.openclaw.launcher.JsonTree;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Follows the events of a container, over as many connections as it takes. Belongs to one thread. */
final class EventTail {
    /** Each as it came. */
    static final Form AS_JSON = Output::json;

    private static final String MISSED = "events.missed";
    private static final String FORGOTTEN = "events.forgotten";
    private static final long FIRST_RETRY = 1000;
    private static final long LONGEST_RETRY = 60_000;
    /** What may be over a moment later, once it has worked: the container is being started again. */
    private static final Set<String> PASSING = Set.of(
            "connection.refused",
            "connection.timeout",
            "connection.broken",
            "container.stopped",
            "container.unknown",
            "unavailable",
            "streams.full",
            "gateway.full",
            "type.unknown",
            "http.404",
            "http.503");

    private final Supplier<Api> server;
    private final Query query;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Form form;
    private final Pause pause;
    private final Predicate<JsonNode> wanted;
    private String lastId = "";
    private String start;
    private long retry = FIRST_RETRY;

    /**
     * @param server asked anew for each connection: a container that is started again may answer elsewhere
     * @param err where it is said what happens to the connection
     * @param wanted which events are printed
     */
    EventTail(
            Supplier<Api> server,
            Query query,
            PrintWriter out,
            PrintWriter err,
            Form form,
            Pause pause,
            Predicate<JsonNode> wanted) {
        this.server = server;
        this.query = query;
        this.out = out;
        this.err = err;
        this.form = form;
        this.pause = pause;
        this.wanted = wanted;
        start = query.start();
    }

    /**
     * What to follow.
     *
     * @param type the agent type that was typed; empty text for none
     * @param path of the API
     * @param filter more of the query; empty text for none
     * @param start where to begin, as more of the query; empty text for what is to come
     */
    record Query(String type, String path, String filter, String start) {
        String target(String from) {
            var more = filter + from;
            return more.isEmpty() ? path : path + "?" + more.substring(1);
        }
    }

    /** How an event is printed. */
    @FunctionalInterface
    interface Form {
        String line(JsonNode event);
    }

    /** Waits. */
    @FunctionalInterface
    interface Pause {
        /** Whether to go on. */
        boolean await(long millis) throws InterruptedException;
    }

    /** Returns when nobody reads any more; Ctrl-C ends the process. */
    int follow() throws InterruptedException {
        boolean connected = false;
        boolean told = false;
        while (true) {
            try (var api = server.get()) {
                var stream = open(api);
                if (told) {
                    say("The connection is there again.");
                    told = false;
                }
                connected = true;
                if (!read(stream)) {
                    return 0;
                }
            } catch (ClawException refused) {
                if (refused.code().equals(FORGOTTEN) && !lastId.isEmpty()) {
                    say("Events are missing here. " + refused.getMessage());
                    lastId = "";
                    start = "&since=start";
                    continue;
                }
                if (!connected || !PASSING.contains(refused.code())) {
                    throw refused;
                }
            }
            if (!told) {
                say("The connection broke. It is tried again; what happens meanwhile follows then.");
                told = true;
            }
            if (!pause.await(retry)) {
                return 0;
            }
        }
    }

    private InputStream open(Api api) {
        var headers = lastId.isEmpty() ? Map.<String, String>of() : Map.of("Last-Event-ID", lastId);
        var opened = api.stream(query.target(lastId.isEmpty() ? start : ""), headers);
        return switch (opened) {
            case PlainGet.Opened.Flows(var stream) -> stream;
            case PlainGet.Opened.Ended(var answer) -> {
                // says what may have been meant where the type is unknown
                var _ = Meant.type(api, query.type(), answer);
                throw ClawException.refused(
                        "server.unknown",
                        "The server answers with " + answer.status()
                                + " and no events, as no container does. Is --url right?");
            }
        };
    }

    /** Prints what comes until the connection ends; false when nobody reads any more. */
    private boolean read(InputStream stream) {
        var events = new ServerSentEvents(stream, lastId);
        try (stream) {
            for (var data = events.next(); data.isPresent(); data = events.next()) {
                print(data.get());
                if (events.isDrained() && out.checkError()) {
                    return false;
                }
            }
        } catch (IOException broken) {
            // told by whoever connects again
        }
        lastId = events.lastId();
        retry = Math.min(LONGEST_RETRY, events.retryMillis().orElse(retry));
        return !out.checkError();
    }

    private void print(String data) {
        try {
            var event = JsonTree.read(data);
            if (event.path("kind").asString("").equals(MISSED)) {
                say(event.path("cause").asString("Events are missing here."));
            } else if (wanted.test(event)) {
                out.println(form.line(event));
            }
        } catch (JacksonException other) {
            say("Something came that is no event, and is left out.");
        }
    }

    private void say(String sentence) {
        out.flush();
        err.println(Terminal.printable(sentence));
        err.flush();
    }
}
