package org.openclaw.launcher.claw;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Subscribes an agent, or one for each value of an attribute. */
@Command(
        name = "subscribe",
        description = "Subscribe an agent to a topic, for good: what it has not got yet is kept, across restarts.",
        footer = {
            "",
            "@|bold Examples|@",
            "  claw topics subscribe news triage/weather --type 'news.*' --from oldest",
            "  claw topics subscribe orders customer --key subject       one agent for each subject"
        })
final class TopicsSubscribeCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "TOPIC", description = "The topic; it need not exist yet.")
    private String topic = "";

    @Parameters(index = "1", paramLabel = "AGENT", description = "The agent, as type/key; with --key, a type.")
    private String agent = "";

    @Option(
            names = "--key",
            paramLabel = "ATTRIBUTE",
            description = "Each message for the agent whose key this attribute of it says, such as subject.")
    private @Nullable String key;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The name of the subscription. Default: the agent's, or, with --key, that of the type.")
    private @Nullable String name;

    @Mixin
    private TopicFilterOptions filter = new TopicFilterOptions();

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        var body = filter.body();
        var given = name;
        var called = given == null ? agent : given;
        var attribute = key;
        if (attribute != null) {
            body.put("type", agent).put("key", attribute);
        } else {
            // refused here where it is none: the server would take a type for the name of a subscription
            var address = AgentAddress.parse(agent).toString();
            if (!called.equals(address)) {
                body.put("agent", address);
            }
        }
        try (var api = server.api()) {
            var bytes = body.toString().getBytes(StandardCharsets.UTF_8);
            var put = api.put(TopicsCommand.subscription(topic, called), bytes, Duration.ZERO)
                    .orThrow();
            var view = put.json();
            var words = put.status() == 201
                    ? "Subscribed '%s' to %s: %s messages are behind"
                    : "'%s' had subscribed to %s, and goes on with this filter: %s messages are behind";
            output.show(
                    view,
                    Terminal.printable(
                            words.formatted(called, topic, view.path("behind").asString("0"))));
            return 0;
        }
    }
}
