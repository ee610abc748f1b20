package org.openclaw.gateway.http;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.openclaw.agent.AgentEvents;
import org.openclaw.agent.Agents;
import org.openclaw.agent.DeadLetters;
import org.openclaw.agent.Previews;
import org.openclaw.agent.Waits;
import org.openclaw.capability.Capabilities;
import org.openclaw.deploy.Deployments;
import org.openclaw.deploy.Trust;
import org.openclaw.message.MessageBus;
import org.openclaw.message.Topics;
import org.openclaw.schema.SchemaRegistry;
import org.openclaw.store.Checkpoints;
import org.openclaw.telemetry.NodeHealth;

/** What there is under {@code /v1}. The first template that fits wins. */
final class Routes {
    private Routes() {}

    static List<Route> of(
            Part<MessageBus> bus,
            Part<Agents> agents,
            Part<AgentEvents> events,
            Part<Previews> previews,
            Part<DeadLetters> deadLetters,
            Part<Waits> waits,
            Part<Topics> topics,
            Part<Capabilities> capabilities,
            Part<SchemaRegistry> schemas,
            Part<Deployments> deployments,
            Part<Trust> trust,
            Part<Checkpoints> checkpoints,
            Part<NodeHealth> health,
            Bounds bounds,
            InstantSource clock,
            Supplier<String> ids) {
        var json = new Json(bounds.depth(), (int) bounds.message().bytes());
        var data = new DataReader(json, bounds.depth(), bounds.message().bytes());
        var agentsResource = new AgentsResource(agents, waits, new AgentBodies(json, bounds.message(), clock));
        var eventsResource = new EventsResource(events, agents);
        var types = new TypesResource(agents);
        var letters = new DeadLettersResource(deadLetters);
        var signals = new SignalsResource(waits, data, bounds.message(), clock);
        var schemasResource = new SchemasResource(schemas);
        var capabilitiesResource = new CapabilitiesResource(capabilities);
        var bundles = new BundlesResource(deployments, bounds.bundle(), clock);
        var deploymentsResource = new DeploymentsResource(deployments, json, bounds.message(), clock);
        var trustResource = new TrustResource(trust, json, bounds.message(), clock);
        var checkpointsResource = new CheckpointsResource(checkpoints);
        var messages = new MessageReader(json, data, bounds.message(), clock, ids);
        var topicsResource = new TopicsResource(topics, messages);
        var subscriptions = new SubscriptionsResource(topics, new SubscriptionBody(json, bounds.message(), clock));
        return List.of(
                new MessagesResource(bus, agents, messages).route(),
                new ReceiptsResource(bus, agents).route(),
                new PreviewsResource(bus, previews).route(),
                eventsResource.all(),
                eventsResource.ofOne(),
                agentsResource.list(),
                agentsResource.one(),
                types.list(),
                types.one(),
                types.suspend(),
                types.resume(),
                schemasResource.list(),
                schemasResource.one(),
                letters.list(),
                letters.one(),
                letters.redrive(),
                signals.list(),
                signals.one(),
                topicsResource.list(),
                topicsResource.one(),
                topicsResource.messages(),
                subscriptions.list(),
                subscriptions.named(),
                subscriptions.ofAgent(),
                subscriptions.replays(),
                capabilitiesResource.list(),
                capabilitiesResource.one(),
                new LimitsResource(agents).route(),
                bundles.list(),
                bundles.one(),
                deploymentsResource.list(),
                deploymentsResource.one(),
                deploymentsResource.pin(),
                trustResource.store(),
                trustResource.revocations(),
                checkpointsResource.all(),
                checkpointsResource.one(),
                new StatusResource(health).route(),
                new SubjectResource().route());
    }
}
