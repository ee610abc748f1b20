package org.openclaw.launcher.claw;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.openclaw.launcher.JsonTree;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Posts a message and prints what is shown of the reply while it comes into being, and then the reply. */
final class ReplyStream {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Api api;
    private final MessageArguments message;
    private final Output output;
    private final PrintWriter out;
    private final CountDownLatch over = new CountDownLatch(1);
    private int attempt;
    private boolean midLine;

    ReplyStream(Api api, MessageArguments message, Output output, PrintWriter out) {
        this.api = api;
        this.message = message;
        this.output = output;
        this.out = out;
    }

    Integer print(Duration timeout) throws InterruptedException {
        var accepted = message.post(api, Duration.ZERO).orThrow();
        var receipt = accepted.json().path("receipt").asString("");
        // on a thread of its own: one that reads cannot be called back
        var reading = new FutureTask<>(() -> follow(receipt));
        Thread.ofVirtual().name("reply-stream").start(reading);
        try {
            end(reading.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
            return 0;
        } catch (TimeoutException late) {
            throw Reply.late(message, timeout, receipt);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof ClawException refused) {
                throw refused;
            }
            throw new IllegalStateException(failed.getCause());
        } finally {
            over.countDown();
        }
    }

    /** How the message has ended, over as many connections as it takes. */
    private JsonNode follow(String receipt) throws InterruptedException {
        var lastId = "";
        do {
            var headers = lastId.isEmpty() ? Map.<String, String>of() : Map.of("Last-Event-ID", lastId);
            switch (api.stream("/v1/messages/" + Api.encoded(receipt) + "/events", headers)) {
                case PlainGet.Opened.Flows(var stream) -> {
                    var events = new ServerSentEvents(stream, lastId);
                    try (stream) {
                        var end = read(events);
                        if (end.isPresent()) {
                            return end.get();
                        }
                    } catch (IOException broken) {
                        // it is opened again, behind what has come
                    }
                    lastId = events.lastId();
                }
                case PlainGet.Opened.Ended(var answer) -> answer.orThrow();
            }
        } while (!over.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        return JsonNodeFactory.instance.missingNode(); // nobody waits for it any more
    }

    /** Prints what comes; how the message has ended, or empty when the connection has. */
    private Optional<JsonNode> read(ServerSentEvents events) throws IOException {
        for (var data = events.next(); data.isPresent(); data = events.next()) {
            var event = event(data.get());
            if (event.has("status")) {
                return Optional.of(event);
            }
            if (output.asJson()) {
                out.println(Output.json(event));
            } else if (event.has("text")) {
                show(event);
            }
            out.flush();
        }
        return Optional.empty();
    }

    private static JsonNode event(String data) throws IOException {
        try {
            return JsonTree.read(data);
        } catch (JacksonException other) {
            throw new IOException("what came is no event", other);
        }
    }

    private void show(JsonNode piece) {
        int number = piece.path("attempt").asInt(0);
        if (attempt != 0 && attempt != number) {
            closeLine();
            out.println("(once more)");
        }
        attempt = number;
        if (piece.path("missed").asBoolean(false)) {
            out.print("[...]");
        }
        out.print(Terminal.printable(piece.path("text").asString("")));
        midLine = true;
    }

    private void closeLine() {
        if (midLine) {
            out.println();
            midLine = false;
        }
    }

    private void end(JsonNode message) {
        closeLine();
        out.flush();
        switch (message.path("status").asString("")) {
            case "done" -> Reply.show(message.path("reply").path("data"), this.message, output);
            case "dead" ->
                throw ClawException.refused(
                        message.path("code").asString("turn.failed"),
                        Terminal.printable("The agent's turn failed: "
                                + message.path("cause").asString("")));
            case "expired" ->
                throw ClawException.refused(
                        "message.expired",
                        "The message expired at "
                                + Terminal.printable(message.path("expirytime").asString("")) + ".");
            default ->
                throw ClawException.refused("message.cancelled", "The message was taken back before its turn began.");
        }
    }
}
