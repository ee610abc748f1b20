package org.openclaw.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.Optional;
import org.openclaw.message.MessageFilter;
import org.openclaw.message.Publication;
import org.openclaw.message.PublishReceipt;
import org.openclaw.message.Subscription;
import org.openclaw.message.SubscriptionView;
import org.openclaw.message.TopicView;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Topics, what is published to them and who has subscribed, as JSON. */
final class TopicJson {
    private TopicJson() {}

    static Shape shape() {
        return Shape.object()
                .with("name", Shape.text())
                .with("createdAt", Shape.time())
                .with("retained", Shape.count().saying("How many publications are retained."))
                .with("bytes", Shape.count().saying("How much that is, about."))
                .with("first", Shape.count().saying("The sequence of the oldest that is retained, or of the next one."))
                .with("latest", Shape.count().saying("The sequence of the latest one; 0 when there was none."))
                .maybe(
                        "oldestAt",
                        Shape.time().saying("When the oldest that is retained was accepted; of one topic only."))
                .maybe("latestAt", Shape.time().saying("When the latest one was accepted, if it is retained."))
                .with("subscriptions", Shape.count())
                .named("Topic");
    }

    static ObjectNode of(TopicView topic) {
        var json = Json.object()
                .put("name", topic.topic().name())
                .put("createdAt", topic.createdAt().toString())
                .put("retained", topic.latest() - topic.first() + 1)
                .put("bytes", topic.bytes())
                .put("first", topic.first())
                .put("latest", topic.latest());
        Json.putIfPresent(json, "latestAt", topic.latestAt());
        return json.put("subscriptions", topic.subscriptions());
    }

    static Shape receipt() {
        return Shape.object()
                .with("topic", Shape.text())
                .with("sequence", Shape.count().saying("The how-manieth of its topic it is."))
                .with("acceptedAt", Shape.time())
                .with("dedupUntil", Shape.time().saying("Until when the same again is a duplicate."))
                .with("duplicate", Shape.flag())
                .named("PublishReceipt");
    }

    static ObjectNode of(String topic, PublishReceipt.Accepted accepted) {
        return Json.object()
                .put("topic", topic)
                .put("sequence", accepted.sequence())
                .put("acceptedAt", accepted.acceptedAt().toString())
                .put("dedupUntil", accepted.dedupUntil().toString())
                .put("duplicate", accepted.duplicate());
    }

    static Shape publication() {
        return Shape.object()
                .with("sequence", Shape.count())
                .with("acceptedAt", Shape.time())
                .with("event", MessageReader.event())
                .named("Publication");
    }

    /** @param body whether its data is shown */
    static ObjectNode of(Publication publication, boolean body) {
        var message = publication.message();
        var event = Json.object()
                .put("specversion", "1.0")
                .put("id", message.id())
                .put("source", message.source())
                .put("type", message.type())
                .put("time", message.time().toString());
        Json.putIfPresent(event, "subject", message.attributes().subject());
        message.attributes().extensions().forEach(event::put);
        if (body) {
            event.put("datacontenttype", message.body().mediaType());
            event.set("data", Json.embed(message.body()));
        }
        var json = Json.object()
                .put("sequence", publication.sequence())
                .put("acceptedAt", publication.acceptedAt().toString());
        json.set("event", event);
        return json;
    }

    static Shape subscription() {
        return Shape.object()
                .with("name", Shape.text())
                .with("topic", Shape.text())
                .maybe("agent", Shape.text().saying("Who gets what passes."))
                .maybe("type", Shape.text().saying("The type of the agents that get what passes, instead."))
                .maybe("key", Shape.text().saying("The attribute that says the key of the agent."))
                .with("filter", Shape.any())
                .with("createdAt", Shape.time())
                .with("position", Shape.count().saying("Up to which sequence it has taken, or passed over, all."))
                .with("behind", Shape.count().saying("How many publications are behind its position."))
                .with("outstanding", Shape.count().saying("How many of what it took wait in inboxes."))
                .maybe("until", Shape.count().saying("At which sequence it is through, and removed."))
                .with("state", Shape.oneOf(SubscriptionView.State.values()))
                .maybe("why", Shape.text().saying("Why it does not go on, or has ended."))
                .named("Subscription");
    }

    static ObjectNode of(SubscriptionView view) {
        var subscription = view.subscription();
        var json = Json.object()
                .put("name", subscription.name())
                .put("topic", subscription.topic().name());
        switch (subscription.to()) {
            case Subscription.Receiver.One(var agent) -> json.put("agent", agent.toString());
            case Subscription.Receiver.ByAttribute(var type, var attribute) ->
                json.put("type", type).put("key", attribute);
        }
        json.set("filter", json(subscription.filter()));
        json.put("createdAt", view.createdAt().toString())
                .put("position", view.position())
                .put("behind", view.behind())
                .put("outstanding", view.outstanding());
        view.until().ifPresent(until -> json.put("until", until));
        json.put("state", view.state().name().toLowerCase(Locale.ROOT));
        Json.putIfPresent(json, "why", view.why());
        return json;
    }

    private static JsonNode json(MessageFilter filter) {
        return Optional.of(filter.json())
                .flatMap(text -> Json.parsed(text.getBytes(UTF_8)))
                .orElseThrow();
    }
}
