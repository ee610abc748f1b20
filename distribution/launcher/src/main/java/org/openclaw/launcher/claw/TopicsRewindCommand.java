package org.openclaw.launcher.claw;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;

/** Sets a subscription back, or forward. */
@Command(
        name = "rewind",
        description =
                "Set a subscription back, or forward: it gets what is behind that place once more, or not at all.")
final class TopicsRewindCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "TOPIC", description = "The topic.")
    private String topic = "";

    @Parameters(
            index = "1",
            paramLabel = "NAME",
            description = "The subscription, as 'claw topics show' has it: type/key of its agent, or its name.")
    private String name = "";

    @Option(
            names = "--from",
            paramLabel = "TIME",
            required = true,
            description = "Where it goes on: oldest, now, or a time such as 2026-11-01T12:00:00Z.")
    private String from = "";

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        try (var api = server.api()) {
            var body = JsonNodeFactory.instance.objectNode().put("from", from);
            var view = api.patch(TopicsCommand.subscription(topic, name), body.toString())
                    .orThrow()
                    .json();
            output.show(
                    view,
                    Terminal.printable("'" + name + "' goes on behind sequence "
                            + view.path("position").asString("0") + " of " + topic + ": "
                            + view.path("behind").asString("0") + " messages are behind"));
            return 0;
        }
    }
}
