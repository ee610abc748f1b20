package org.openclaw.gateway.http;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.openclaw.agent.Agents;
import org.openclaw.deploy.Deployments;
import org.openclaw.message.MessageBus;

/** What there is under {@code /v1}. The first template that fits wins. */
final class Routes {
    private Routes() {}

    static List<Route> of(
            Part<MessageBus> bus,
            Part<Agents> agents,
            Part<Deployments> deployments,
            GatewaySettings settings,
            InstantSource clock,
            Supplier<String> ids) {
        var messageLimit = new BoundedInput.Limit(
                within("message.max.bytes", settings.message_max_bytes(), 1024, 64L << 20),
                Duration.ofSeconds(within("message.max.seconds", settings.message_max_seconds(), 1, 600)));
        var bundleLimit = new BoundedInput.Limit(
                within("bundle.max.bytes", settings.bundle_max_bytes(), 1024, 2L << 30),
                Duration.ofSeconds(within("bundle.max.seconds", settings.bundle_max_seconds(), 1, 3600)));
        var json = new Json(
                (int) within("json.max.depth", settings.json_max_depth(), 1, 1000), settings.message_max_bytes());
        var agentsResource = new AgentsResource(agents);
        var types = new TypesResource(agents);
        var bundles = new BundlesResource(deployments, bundleLimit, clock);
        return List.of(
                new MessagesResource(bus, agents, new MessageReader(json, messageLimit, clock, ids)).route(),
                new ReceiptsResource(bus).route(),
                agentsResource.list(),
                agentsResource.one(),
                types.list(),
                types.one(),
                bundles.list(),
                bundles.one());
    }

    private static long within(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + min + " to " + max + ")");
        }
        return value;
    }
}
