package org.openclaw.launcher.claw;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Ends a subscription. */
@Command(name = "unsubscribe", description = "End a subscription. What it has brought into inboxes stays there.")
final class TopicsUnsubscribeCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "TOPIC", description = "The topic.")
    private String topic = "";

    @Parameters(
            index = "1",
            paramLabel = "NAME",
            description = "The subscription, as 'claw topics show' has it: type/key of its agent, or its name.")
    private String name = "";

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        try (var api = server.api()) {
            api.delete(TopicsCommand.subscription(topic, name)).orThrow();
            output.show(
                    Map.of("topic", topic, "unsubscribed", name),
                    Terminal.printable("'" + name + "' gets nothing more of " + topic + "."));
            return 0;
        }
    }
}
