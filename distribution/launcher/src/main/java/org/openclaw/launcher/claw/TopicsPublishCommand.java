package org.openclaw.launcher.claw;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Publishes a message. */
@Command(
        name = "publish",
        description = "Publish a message to a topic: whoever has subscribed gets it.",
        footer = {"", "@|bold Example|@", "  claw topics publish news news.Told '{\"what\":\"rain\"}' --subject weather"
        })
final class TopicsPublishCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "TOPIC", description = "The topic; it need not exist yet.")
    private String topic = "";

    @Parameters(index = "1", paramLabel = "TYPE", description = "The type of the message, such as news.Told.")
    private String type = "";

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "BODY",
            defaultValue = "{}",
            description = "Its body as JSON, or @FILE, or - for standard input. Default: ${DEFAULT-VALUE}.")
    private String body = "{}";

    @Option(names = "--subject", paramLabel = "TEXT", description = "What it is about: subscriptions may choose by it.")
    private @Nullable String subject;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "The message's id: published again with the same one, it is recognised as the same message."
                    + " Default: a new one.")
    private @Nullable String id;

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        var about = subject;
        var key = id;
        var target = TopicsCommand.path(topic) + "/messages?type=" + Api.encoded(type)
                + (about == null ? "" : "&subject=" + Api.encoded(about));
        var bytes = TypedJson.bytes(body, "body");
        try (var api = server.api()) {
            var headers =
                    Map.of("Idempotency-Key", key == null ? UUID.randomUUID().toString() : key);
            var receipt =
                    api.post(target, bytes, headers, Duration.ZERO).orThrow().json();
            var word = receipt.path("duplicate").asBoolean(false)
                    ? "Published before, nothing has changed"
                    : "Published to " + Terminal.printable(topic);
            output.show(receipt, word + ": sequence " + receipt.path("sequence").asString(""));
            return 0;
        }
    }
}
