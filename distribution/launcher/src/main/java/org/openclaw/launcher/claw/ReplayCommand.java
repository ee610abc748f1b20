package org.openclaw.launcher.claw;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings what a topic retains to an agent once more. */
@Command(
        name = "replay",
        description = {
            "Bring what a topic retains to an agent once more, in order, up to the latest message.",
            "It goes on in the container, across restarts; 'claw topics show' tells how far it is."
        },
        footer = {
            "",
            "@|bold Example|@",
            "  claw replay orders --from 2026-11-01T12:00:00Z --to audit/orders --type 'order.*'"
        })
final class ReplayCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "TOPIC", description = "The topic.")
    private String topic = "";

    @Option(
            names = "--to",
            paramLabel = "AGENT",
            required = true,
            converter = AgentAddress.Converter.class,
            description = "The agent, as type/key; it need not have subscribed.")
    private AgentAddress agent = new AgentAddress("", "");

    @Mixin
    private TopicFilterOptions filter = new TopicFilterOptions();

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        var body = filter.body().put("agent", agent.toString()).toString().getBytes(StandardCharsets.UTF_8);
        try (var api = server.api()) {
            var posted = api.post(TopicsCommand.path(topic) + "/replays", body, Map.of(), Duration.ZERO);
            var begun = Meant.topic(api, topic, posted).json();
            long publications = begun.path("publications").asLong(0);
            output.show(
                    begun,
                    publications == 0
                            ? "There is nothing to replay from there on."
                            : Terminal.printable("Replaying " + publications + " messages of " + topic + " to " + agent
                                    + ", but for those that do not pass a filter."));
            return 0;
        }
    }
}
