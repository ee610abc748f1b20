package org.openclaw.gateway.http;

import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * A list that is shown page by page: with {@code next} and a {@code Link} (RFC 8288) as long as there are more. Immutable.
 *
 * @param name of the member that holds it, and of its cursors
 */
record Listing(String name) {
    private static final int MOST = 1000;
    private static final int USUAL = 100;

    static final Parameter AFTER =
            Parameter.query("after", Shape.text(), "Goes on behind a page: what that says is next, unchanged.");
    /** Of lists that may be very long. */
    static final Parameter LIMIT = limit(USUAL);
    /** Of lists that fit into one page as a rule, as clients expect. */
    static final Parameter WIDE = limit(MOST);

    /** A part of a list, and the place behind which the next one begins. */
    record Page<T>(List<T> items, Optional<String> next) {}

    private static Parameter limit(int usual) {
        return Parameter.query("limit", Shape.within(1, MOST, usual), "How many at most.");
    }

    /** How long the page may be. */
    static int limit(Call call) throws Rejection {
        int usual = call.operation().parameters().contains(WIDE) ? MOST : USUAL;
        var text = call.parameter("limit").orElse(Integer.toString(usual));
        int limit = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MOST) {
            throw Problem.of(400, "limit.invalid", "limit is out of range (expected: 1 to " + MOST + ").")
                    .rejection();
        }
        return limit;
    }

    /** What is answered. */
    Reply reply(Shape each) {
        return Reply.json(
                        "A page; without 'next' it is the last.",
                        Shape.object()
                                .with(name, Shape.list(each))
                                .maybe("next", Shape.text().saying("The 'after' of the next page.")))
                .with("Link", "The next page, as rel=\"next\".");
    }

    Optional<String> after(Call call) throws Rejection {
        return Cursor.of(call, name);
    }

    /**
     * A page of a list that is here as a whole.
     *
     * @param place of each, by which they are ordered; one that has gone since counts where it was
     */
    <T> Page<T> of(Call call, List<T> all, Function<T, String> place) throws Rejection {
        var after = after(call);
        int from = after.isPresent() ? behind(all.stream().map(place).toList(), after.get()) : 0;
        int to = Math.min(all.size(), from + limit(call));
        var items = all.subList(from, to);
        return new Page<>(items, to < all.size() ? Optional.of(place.apply(items.getLast())) : Optional.empty());
    }

    private static int behind(List<String> places, String after) {
        int at = places.indexOf(after);
        if (at >= 0) {
            return at + 1;
        }
        int first = 0;
        while (first < places.size() && places.get(first).compareTo(after) <= 0) {
            first++;
        }
        return first;
    }

    <T> Answer answer(Call call, Page<T> page, Function<T, ObjectNode> json) {
        var object = Json.object();
        var array = object.putArray(name);
        page.items().forEach(item -> array.add(json.apply(item)));
        if (page.next().isEmpty()) {
            return Answer.of(Response.json(200, object));
        }
        var next = new Cursor(name, page.next().get()).text();
        return Answer.of(Response.json(200, object.put("next", next)).with("Link", link(call, next)));
    }

    /** The same again, from there on. */
    private static String link(Call call, String next) {
        var query = new StringJoiner("&");
        call.query().forEach((name, value) -> {
            if (!name.equals("after")) {
                query.add(UrlText.encode(name) + "=" + UrlText.encode(value));
            }
        });
        query.add("after=" + UrlText.encode(next));
        return "<" + call.request().path() + "?" + query + ">; rel=\"next\"";
    }
}
