package org.openclaw.launcher.claw;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Asks an agent something that changes nothing, and refuses to send anything else. */
@Command(name = "query", description = "Ask an agent something that changes nothing, and print its answer.")
final class QueryCommand implements Callable<Integer> {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Mixin
    private MessageArguments message = new MessageArguments();

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        try (var api = server.api()) {
            var name = message.address().type();
            var type = Meant.type(api, name, api.get("/v1/types/" + Api.encoded(name)))
                    .json();
            for (var known : type.path("messages")) {
                if (known.path("type").asString("").equals(message.type())
                        && !known.path("query").asBoolean(false)) {
                    throw ClawException.refused(
                            "query.expected",
                            "'" + message.type() + "' is no query: it may change " + message.address()
                                    + ". Nothing was sent. Use 'claw ask' if that is what you want.");
                }
            }
            return Reply.print(api, message, TIMEOUT, output);
        }
    }
}
