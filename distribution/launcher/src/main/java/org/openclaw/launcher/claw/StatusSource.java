package org.openclaw.launcher.claw;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.openclaw.launcher.RunningFile;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Asks for {@code GET /v1/status}; where that cannot be had, says what can be known without it, and why. */
final class StatusSource {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration READ = Duration.ofSeconds(5);

    private final ServerOption server;

    StatusSource(ServerOption server) {
        this.server = server;
    }

    /**
     * The document of the server with {@code pid}, {@code url} and {@code home} before it. {@code ready} and
     * {@code missing} are always there; {@code unknown} says why there is no more than that.
     *
     * @throws ClawException when nothing runs
     */
    ObjectNode read() throws IOException {
        var status = JsonNodeFactory.instance.objectNode();
        var named = server.named();
        if (named.isPresent()) {
            status.put("url", text(named.get()));
            return ask(status, named.get());
        }
        var home = server.home();
        var running = RunningFile.of(home).orElseThrow(() -> NotRunning.on(home));
        status.put("pid", running.pid())
                .put("url", running.url())
                .put("home", home.folder().toString());
        return running.url().isEmpty()
                ? unready(status, "it does not listen yet, or has no gateway")
                : ask(status, Connection.server(running.url(), home.running().toString()));
    }

    private ObjectNode ask(ObjectNode status, URI url) {
        try {
            var connection = server.connection(url);
            var answer = new PlainGet(connection, CONNECT, READ).send(url.resolve("/v1/status"));
            return switch (answer.status()) {
                case HttpURLConnection.HTTP_OK -> complete(status, answer);
                case HttpURLConnection.HTTP_NOT_FOUND ->
                    probe(status, url, "It is of a release that says no more of itself.");
                case HttpURLConnection.HTTP_UNAUTHORIZED, HttpURLConnection.HTTP_FORBIDDEN ->
                    probe(status, url, "It does not accept this token, so it says no more of itself.");
                default -> probe(status, url, "It answers with " + answer.status() + " when it is asked how it is.");
            };
        } catch (IOException failed) {
            return unready(status, "it does not answer: " + failed.getMessage());
        } catch (ClawException noToken) {
            if (noToken.exitCode() == 2) {
                throw noToken;
            }
            return probe(status, url, String.valueOf(noToken.getMessage()));
        }
    }

    private static ObjectNode complete(ObjectNode status, Answer answer) {
        if (!(answer.json() instanceof ObjectNode document)) {
            throw ClawException.refused(
                    "server.unknown", "The server's answer is no JSON object, as a container's is. Is --url right?");
        }
        // where it runs is known better here
        document.remove(List.of("pid", "url", "home"));
        status.setAll(document);
        if (!status.has("ready")) {
            status.put("ready", true);
        }
        if (!status.has("missing")) {
            status.putArray("missing");
        }
        return status;
    }

    /** Everybody may ask whether it is ready. */
    private static ObjectNode probe(ObjectNode status, URI url, String why) {
        var missing = RunningFile.missing(url);
        status.put("ready", missing.isEmpty());
        missing.ifPresentOrElse(status.putArray("missing")::add, () -> {});
        return status.put("unknown", why);
    }

    private static ObjectNode unready(ObjectNode status, String why) {
        status.put("ready", false).putArray("missing").add(why);
        return status;
    }

    private static String text(URI url) {
        var text = url.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
