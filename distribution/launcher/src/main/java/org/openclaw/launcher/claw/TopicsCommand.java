package org.openclaw.launcher.claw;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the topics; its own verbs show one, publish to it, and say who gets what is published. */
@Command(
        name = "topics",
        description = "List the topics: where messages are published, for whoever has subscribed.",
        subcommands = {
            TopicsListCommand.class,
            TopicsShowCommand.class,
            TopicsPublishCommand.class,
            TopicsSubscribeCommand.class,
            TopicsRewindCommand.class,
            TopicsUnsubscribeCommand.class
        })
final class TopicsCommand implements Callable<Integer> {
    static final String PATH = "/v1/topics";

    @Mixin
    private TopicListing listing = new TopicListing();

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Output output = new Output();

    static String path(String topic) {
        return PATH + "/" + Api.encoded(topic);
    }

    /** Where a subscription is, by the address of its agent or by its name. */
    static String subscription(String topic, String name) {
        return path(topic) + "/subscriptions/"
                + (name.indexOf('/') < 0
                        ? Api.encoded(name)
                        : AgentAddress.parse(name).segments());
    }

    @Override
    public Integer call() {
        try (var api = server.api()) {
            listing.show(api, output);
            return 0;
        }
    }
}
