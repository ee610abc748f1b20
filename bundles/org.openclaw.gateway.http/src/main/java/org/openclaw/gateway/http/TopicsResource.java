package org.openclaw.gateway.http;

import java.util.List;
import java.util.Optional;
import org.openclaw.message.Body;
import org.openclaw.message.Message;
import org.openclaw.message.MessageFilter;
import org.openclaw.message.PublicationPage;
import org.openclaw.message.PublishReceipt;
import org.openclaw.message.Subscription.Start;
import org.openclaw.message.Tenant;
import org.openclaw.message.Topic;
import org.openclaw.message.Topics;
import org.openclaw.security.Role;

/** {@code /v1/topics}: lists topics, publishes to them, and reads what is retained. */
final class TopicsResource {
    private static final Listing LISTING = new Listing("topics");
    private static final Listing MESSAGES = new Listing("messages");

    private final Part<Topics> topics;
    private final MessageReader reader;

    TopicsResource(Part<Topics> topics, MessageReader reader) {
        this.topics = topics;
        this.reader = reader;
    }

    Route list() {
        return Route.of("/v1/topics")
                .get(
                        Operation.of("listTopics", "The topics", Role.READER)
                                .with(Listing.AFTER, Listing.WIDE)
                                .gives(200, LISTING.reply(TopicJson.shape())),
                        this::page);
    }

    Route one() {
        return Route.of("/v1/topics/{topic}")
                .get(
                        Operation.of("getTopic", "One topic: what is retained, and since when", Role.READER)
                                .gives(200, "It.", TopicJson.shape())
                                .refuses(404),
                        this::show);
    }

    Route messages() {
        return Route.of("/v1/topics/{topic}/messages")
                .on("POST", publishing(), this::publish)
                .get(reading(), this::read);
    }

    private static Operation publishing() {
        return Operation.of("publishMessage", "Publishes a message or a batch of them to a topic", Role.SENDER)
                .with(MessageReader.parameters())
                .takes(Body.JSON, Shape.any())
                .takes(CborReader.MEDIA_TYPE, Shape.any())
                .takes(MediaTypes.EVENT, MessageReader.event())
                .takes(MediaTypes.BATCH, Shape.list(MessageReader.event()))
                .gives(
                        202,
                        "Accepted, and kept: the receipt, or those of a batch.",
                        Shape.either(
                                TopicJson.receipt(), Shape.object().with("receipts", Shape.list(TopicJson.receipt()))))
                .refuses(409, 422, 429);
    }

    private static Operation reading() {
        return Operation.of("listPublications", "What a topic retains, oldest first", Role.READER)
                .with(
                        Parameter.query("from", Shape.text(), TopicStart.TEXT + " The oldest, unless said."),
                        Parameter.query("type", Shape.text(), "Only those of this type, or, as acme.*, that begin so."),
                        Parameter.query("filter", Shape.text(), "Only those that pass: a filter as JSON."),
                        Call.BODY,
                        Listing.AFTER,
                        Listing.LIMIT)
                .gives(200, MESSAGES.reply(TopicJson.publication()))
                .refuses(404, 410);
    }

    /** The topic of the path. */
    static Topic topic(Call call) throws Rejection {
        try {
            return Topic.of(call.variable("topic"));
        } catch (IllegalArgumentException bad) {
            throw Problem.of(400, "topic.invalid", "There can be no such " + bad.getMessage() + ".")
                    .rejection();
        }
    }

    private Answer page(Call call) throws Rejection {
        var all = topics.now().topics(call.subject().tenant());
        return LISTING.answer(call, LISTING.of(call, all, view -> view.topic().name()), TopicJson::of);
    }

    private Answer show(Call call) throws Rejection {
        var topic = topic(call);
        var tenant = call.subject().tenant();
        var found = topics.now().find(tenant, topic).orElseThrow(() -> unknown(topic));
        var json = TopicJson.of(found);
        if (topics.now().read(tenant, topic, MessageFilter.everything(), 0, 1)
                        instanceof PublicationPage.Read(var oldest, var _, var _)
                && !oldest.isEmpty()) {
            json.put("oldestAt", oldest.getFirst().acceptedAt().toString());
        }
        return Answer.of(Response.json(200, json));
    }

    static Rejection unknown(Topic topic) {
        return Problem.of(
                        404,
                        "topic.unknown",
                        "There is no topic '" + topic + "'. It exists from its first message or subscription on.")
                .rejection();
    }

    private Answer publish(Call call) throws Rejection {
        var topic = topic(call);
        var inbound = reader.read(call);
        var tenant = call.subject().tenant();
        return inbound.batch()
                ? publishAll(tenant, topic, inbound.messages())
                : publishOne(tenant, topic, inbound.messages().getFirst());
    }

    private Answer publishOne(Tenant tenant, Topic topic, Message message) throws Rejection {
        return switch (topics.now().publish(tenant, topic, message)) {
            case PublishReceipt.Accepted accepted ->
                Answer.of(Response.json(202, TopicJson.of(topic.name(), accepted)));
            case PublishReceipt.Refused(var refusal) ->
                throw Problem.of(refusal).rejection();
        };
    }

    /** In its order up to the first refusal: to publish all of it again is safe. */
    private Answer publishAll(Tenant tenant, Topic topic, List<Message> messages) throws Rejection {
        var answer = Json.object();
        var receipts = answer.putArray("receipts");
        for (Message message : messages) {
            switch (topics.now().publish(tenant, topic, message)) {
                case PublishReceipt.Accepted accepted -> receipts.add(TopicJson.of(topic.name(), accepted));
                case PublishReceipt.Refused(var refusal) -> {
                    var problem = Problem.of(refusal);
                    problem.more().set("receipts", receipts);
                    throw problem.rejection();
                }
            }
        }
        return Answer.of(Response.json(202, answer));
    }

    private Answer read(Call call) throws Rejection {
        var topic = topic(call);
        boolean body = call.showsBodies("a topic");
        return switch (pageOf(call, topic)) {
            case PublicationPage.Read(var publications, long next, boolean more) ->
                MESSAGES.answer(
                        call,
                        new Listing.Page<>(publications, more ? Optional.of(Long.toString(next)) : Optional.empty()),
                        publication -> TopicJson.of(publication, body));
            case PublicationPage.Forgotten(long first) ->
                throw Problem.of(
                                410,
                                "topic.forgotten",
                                "Some of what is asked for is not retained any more (expected: from publication "
                                        + first + " on). Begin anew with from=oldest.")
                        .rejection();
            case PublicationPage.Unknown() -> throw unknown(topic);
        };
    }

    private PublicationPage pageOf(Call call, Topic topic) throws Rejection {
        var tenant = call.subject().tenant();
        var filter = filter(call);
        int limit = Listing.limit(call);
        var after = MESSAGES.after(call);
        if (after.isPresent()) {
            return topics.now().read(tenant, topic, filter, sequence(after.get()), limit);
        }
        var from = call.parameter("from");
        return topics.now()
                .read(tenant, topic, filter, from.isPresent() ? TopicStart.of(from.get()) : new Start.Oldest(), limit);
    }

    private static MessageFilter filter(Call call) throws Rejection {
        try {
            var type = MessageFilter.type(call.parameter("type").orElse("*"));
            var filter = call.parameter("filter").map(MessageFilter::parse).orElse(MessageFilter.everything());
            return type.and(filter);
        } catch (IllegalArgumentException bad) {
            throw Problem.of(400, "filter.invalid", "The filter is none: " + Json.words(bad) + ".")
                    .rejection();
        }
    }

    private static long sequence(String place) throws Rejection {
        if (!place.matches("[1-9][0-9]{0,17}")) {
            throw Cursor.invalid("it names no publication");
        }
        return Long.parseLong(place);
    }
}
