package org.openclaw.gateway.http;

import org.openclaw.message.Body;
import org.openclaw.message.SubscribeReceipt;
import org.openclaw.message.Subscription;
import org.openclaw.message.Subscription.Start;
import org.openclaw.message.SubscriptionView;
import org.openclaw.message.Topic;
import org.openclaw.message.Topics;
import org.openclaw.security.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/topics/{topic}/subscriptions} and {@code .../replays}. What an agent has subscribed to for itself is named by its address;
 * others have names of their own.
 */
final class SubscriptionsResource {
    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionsResource.class);
    private static final Listing LISTING = new Listing("subscriptions");
    private static final String ALL = "/v1/topics/{topic}/subscriptions";

    private final Part<Topics> topics;
    private final SubscriptionBody bodies;

    SubscriptionsResource(Part<Topics> topics, SubscriptionBody bodies) {
        this.topics = topics;
        this.bodies = bodies;
    }

    Route list() {
        return Route.of(ALL)
                .get(
                        Operation.of("listSubscriptions", "Who has subscribed to a topic", Role.READER)
                                .with(Listing.AFTER, Listing.WIDE)
                                .gives(200, LISTING.reply(TopicJson.subscription()))
                                .refuses(404),
                        this::page);
    }

    /** The subscription that an agent has for itself. */
    Route ofAgent() {
        return Route.of(ALL + "/{type}/{key+}")
                .on(
                        "PUT",
                        subscribing("subscribeAgent", "Subscribes an agent to a topic", SubscriptionBody.ofOne()),
                        call -> {
                            var agent = Addresses.of(call);
                            var wanted = bodies.ofOne(call.request());
                            return subscribe(
                                    call,
                                    Subscription.of(TopicsResource.topic(call), agent, wanted.filter()),
                                    wanted.from().orElseGet(Start.Now::new));
                        })
                .on(
                        "PATCH",
                        rewinding("rewindAgent", "Sets the subscription of an agent back, or forward"),
                        call -> rewind(call, Addresses.of(call).toString()))
                .on(
                        "DELETE",
                        ending("unsubscribeAgent", "Ends the subscription of an agent"),
                        call -> unsubscribe(call, Addresses.of(call).toString()));
    }

    /** One of any name. */
    Route named() {
        return Route.of(ALL + "/{name}")
                .on(
                        "PUT",
                        subscribing(
                                "subscribe",
                                "Subscribes an agent, or one for each value of an attribute",
                                SubscriptionBody.ofAny()),
                        call -> {
                            var topic = TopicsResource.topic(call);
                            var wanted = bodies.ofAny(call.request());
                            return subscribe(
                                    call,
                                    named(topic, call.variable("name"), wanted),
                                    wanted.from().orElseGet(Start.Now::new));
                        })
                .on(
                        "PATCH",
                        rewinding("rewindSubscription", "Sets a subscription back, or forward"),
                        call -> rewind(call, call.variable("name")))
                .on(
                        "DELETE",
                        ending("unsubscribe", "Ends a subscription"),
                        call -> unsubscribe(call, call.variable("name")));
    }

    Route replays() {
        return Route.of("/v1/topics/{topic}/replays")
                .on(
                        "POST",
                        Operation.of("replayTopic", "Brings what a topic retains to an agent once more", Role.OPERATOR)
                                .takes(SubscriptionBody.ofAny())
                                .gives(
                                        202,
                                        "It goes on in the background, across restarts.",
                                        Shape.object()
                                                .with(
                                                        "publications",
                                                        Shape.count()
                                                                .saying("How many it looks at; all but those that its"
                                                                        + " filter holds back are brought."))
                                                .maybe("subscription", TopicJson.subscription()))
                                .refuses(404, 410, 422, 429),
                        this::replay);
    }

    private static Operation subscribing(String id, String summary, Shape body) {
        return Operation.of(id, summary, Role.OPERATOR)
                .takes(body)
                .gives(201, "It has subscribed.", TopicJson.subscription())
                .gives(200, "There was one, which goes on from where it is, for this filter.", TopicJson.subscription())
                .refuses(404, 410, 422, 429);
    }

    private static Operation rewinding(String id, String summary) {
        return Operation.of(id, summary, Role.OPERATOR)
                .takes(AgentBodies.MERGE_PATCH, SubscriptionBody.change())
                .takes(Body.JSON, SubscriptionBody.change())
                .gives(200, "It goes on from there.", TopicJson.subscription())
                .refuses(404, 410);
    }

    private static Operation ending(String id, String summary) {
        return Operation.of(id, summary, Role.OPERATOR)
                .gives(204, "It is gone. What it has brought into inboxes stays there.")
                .refuses(404);
    }

    private Answer page(Call call) throws Rejection {
        var topic = TopicsResource.topic(call);
        var tenant = call.subject().tenant();
        if (topics.now().find(tenant, topic).isEmpty()) {
            throw TopicsResource.unknown(topic);
        }
        var all = topics.now().subscriptions(tenant, topic);
        return LISTING.answer(
                call, LISTING.of(call, all, view -> view.subscription().name()), TopicJson::of);
    }

    private static Subscription named(Topic topic, String name, SubscriptionBody.Wanted wanted) throws Rejection {
        try {
            return new Subscription(topic, name, wanted.filter(), wanted.to().orElseThrow());
        } catch (IllegalArgumentException bad) {
            throw Problem.of(400, "subscription.invalid", "There can be no such " + bad.getMessage() + ".")
                    .rejection();
        }
    }

    private Answer subscribe(Call call, Subscription subscription, Start from) throws Rejection {
        return switch (topics.now().subscribe(call.subject().tenant(), subscription, from)) {
            case SubscribeReceipt.Subscribed(var view, boolean created) -> {
                LOG.info(
                        "'{}' has subscribed '{}' to the topic '{}'",
                        call.subject().name(),
                        subscription.name(),
                        subscription.topic());
                yield Answer.of(Response.json(created ? 201 : 200, TopicJson.of(view)));
            }
            case SubscribeReceipt.Refused(var refusal) ->
                throw Problem.of(refusal).rejection();
        };
    }

    private Answer rewind(Call call, String name) throws Rejection {
        var topic = TopicsResource.topic(call);
        var from = bodies.change(call.request());
        return switch (topics.now().rewind(call.subject().tenant(), topic, name, from)) {
            case SubscribeReceipt.Subscribed(var view, var _) -> {
                LOG.info(
                        "'{}' has set '{}' to sequence {} of the topic '{}'",
                        call.subject().name(),
                        view.subscription().name(),
                        view.position(),
                        topic);
                yield Answer.of(Response.json(200, TopicJson.of(view)));
            }
            case SubscribeReceipt.Refused(var refusal) ->
                throw Problem.of(refusal).rejection();
        };
    }

    private Answer unsubscribe(Call call, String name) throws Rejection {
        var topic = TopicsResource.topic(call);
        if (!topics.now().unsubscribe(call.subject().tenant(), topic, name)) {
            throw Problem.of(
                            404,
                            "subscription.unknown",
                            "The topic '" + topic + "' has no subscription of that name. GET /v1/topics/" + topic
                                    + "/subscriptions lists them.")
                    .rejection();
        }
        LOG.info(
                "'{}' has ended a subscription to the topic '{}'",
                call.subject().name(),
                topic);
        return Answer.of(Response.empty(204));
    }

    private Answer replay(Call call) throws Rejection {
        var topic = TopicsResource.topic(call);
        var wanted = bodies.ofAny(call.request());
        var receipt = topics.now()
                .replay(
                        call.subject().tenant(),
                        topic,
                        wanted.filter(),
                        wanted.to().orElseThrow(),
                        wanted.from().orElseGet(Start.Oldest::new));
        return switch (receipt) {
            case SubscribeReceipt.Subscribed(var view, boolean begun) -> {
                LOG.info(
                        "'{}' has begun to replay {} of the topic '{}'",
                        call.subject().name(),
                        view.behind(),
                        topic);
                yield Answer.of(Response.json(202, replay(view, begun)));
            }
            case SubscribeReceipt.Refused(var refusal) ->
                throw Problem.of(refusal).rejection();
        };
    }

    private static ObjectNode replay(SubscriptionView view, boolean begun) {
        var json = Json.object().put("publications", view.behind());
        if (begun) {
            json.set("subscription", TopicJson.of(view));
        }
        return json;
    }
}
