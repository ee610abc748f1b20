package org.openclaw.gateway.http;

import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.openclaw.message.Address;
import org.openclaw.message.Body;
import org.openclaw.message.MessageFilter;
import org.openclaw.message.Subscription.Receiver;
import org.openclaw.message.Subscription.Start;
import tools.jackson.databind.JsonNode;

/** Reads what says who shall get which publications of a topic, and from where on. Strict: a misspelt member would mean all. */
final class SubscriptionBody {
    private static final long MOST_BYTES = 128 << 10;
    private static final Set<String> PATCHES = Set.of(AgentBodies.MERGE_PATCH, Body.JSON);

    private final Json json;
    private final BoundedInput.Limit limit;
    private final InstantSource clock;

    SubscriptionBody(Json json, BoundedInput.Limit message, InstantSource clock) {
        this.json = json;
        this.limit = new BoundedInput.Limit(Math.min(MOST_BYTES, message.bytes()), message.time());
        this.clock = clock;
    }

    /**
     * What a body says.
     *
     * @param to empty where it says nothing of that
     */
    record Wanted(MessageFilter filter, Optional<Receiver> to, Optional<Start> from) {}

    /** Of the subscription of one agent. */
    static Shape ofOne() {
        return Shape.object()
                .maybe("filter", Shape.any().saying("As the CloudEvents Subscriptions API has it; all, unless said."))
                .maybe("from", Shape.text().saying(TopicStart.TEXT + " Now, unless said."));
    }

    /** Of one that says who gets what passes. */
    static Shape ofAny() {
        return ofOne().maybe("agent", Shape.text().saying("Who gets what passes: type/key."))
                .maybe("type", Shape.text().saying("Instead: the type of the agents that get it."))
                .maybe("key", Shape.text().saying("With it: the attribute that says the key, such as subject."));
    }

    /** Of a change. */
    static Shape change() {
        return Shape.object().with("from", Shape.text().saying(TopicStart.TEXT));
    }

    /** What the body says; nothing when there is none. */
    Wanted ofOne(Request request) throws Rejection {
        return read(request, Set.of("filter", "from"), "{\"filter\": {...}, \"from\": \"...\"}, or less");
    }

    Wanted ofAny(Request request) throws Rejection {
        var expected =
                "{\"agent\": \"type/key\"} or {\"type\": \"...\", \"key\": \"subject\"}, and \"filter\" and \"from\""
                        + " where wanted";
        var wanted = read(request, Set.of("filter", "from", "agent", "type", "key"), expected);
        if (wanted.to().isEmpty()) {
            throw invalid("it does not say who gets what passes", expected);
        }
        return wanted;
    }

    /** Where a subscription shall go on. */
    Start change(Request request) throws Rejection {
        if (!PATCHES.contains(MediaTypes.of(request))) {
            throw MediaTypes.unsupported("Content-Type", AgentBodies.MERGE_PATCH + " or " + Body.JSON);
        }
        var expected = "{\"from\": \"oldest\"}, {\"from\": \"now\"} or a time";
        var object = members(BoundedInput.readAll(request, limit, clock), Set.of("from"), expected);
        return start(object, expected)
                .orElseThrow(() -> invalid("it does not say where the subscription goes on", expected));
    }

    private Wanted read(Request request, Set<String> known, String expected) throws Rejection {
        byte[] bytes = BoundedInput.readAll(request, limit, clock);
        var mediaType = MediaTypes.of(request);
        if (bytes.length == 0) {
            return new Wanted(MessageFilter.everything(), Optional.empty(), Optional.empty());
        }
        if (!mediaType.equals(Body.JSON)) {
            throw MediaTypes.unsupported("Content-Type", Body.JSON);
        }
        var object = members(bytes, known, expected);
        return new Wanted(filter(object), to(object, expected), start(object, expected));
    }

    private JsonNode members(byte[] bytes, Set<String> known, String expected) throws Rejection {
        json.check(bytes);
        var object = json.read(bytes);
        if (!object.isObject()) {
            throw invalid("it is no object", expected);
        }
        for (var member : object.properties()) {
            if (!known.contains(member.getKey())) {
                throw invalid("it has a member that means nothing here", expected);
            }
        }
        return object;
    }

    private static MessageFilter filter(JsonNode object) throws Rejection {
        var filter = object.get("filter");
        if (filter == null) {
            return MessageFilter.everything();
        }
        try {
            return MessageFilter.parse(filter.toString());
        } catch (IllegalArgumentException bad) {
            throw Problem.of(400, "filter.invalid", "The filter is none: " + Json.words(bad) + ".")
                    .rejection();
        }
    }

    private static Optional<Start> start(JsonNode object, String expected) throws Rejection {
        var from = text(object, "from", expected);
        return from.isPresent() ? Optional.of(TopicStart.of(from.get())) : Optional.empty();
    }

    private static Optional<Receiver> to(JsonNode object, String expected) throws Rejection {
        var agent = text(object, "agent", expected);
        var type = text(object, "type", expected);
        var key = text(object, "key", expected);
        if (type.isPresent() != key.isPresent() || (agent.isPresent() && type.isPresent())) {
            throw invalid("it does not say clearly who gets what passes", expected);
        }
        try {
            return agent.<Receiver>map(address -> new Receiver.One(Address.parse(address)))
                    .or(() -> type.map(name -> new Receiver.ByAttribute(name, key.orElseThrow())));
        } catch (IllegalArgumentException bad) {
            throw invalid(Json.words(bad), expected);
        }
    }

    private static Optional<String> text(JsonNode object, String name, String expected) throws Rejection {
        var value = object.get(name);
        if (value != null && !value.isString()) {
            throw invalid("'" + name + "' is no text", expected);
        }
        return Optional.ofNullable(value).map(JsonNode::stringValue);
    }

    private static Rejection invalid(String why, String expected) {
        return Problem.of(
                        400,
                        "body.invalid",
                        "The body is not what it should be: " + why + " (expected: " + expected + ").")
                .rejection();
    }
}
