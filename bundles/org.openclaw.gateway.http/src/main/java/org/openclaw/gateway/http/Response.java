package org.openclaw.gateway.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.openclaw.message.Body;

/** What leaves. Immutable; headers keep their order. */
final class Response {
    private static final byte[] NOTHING = {};

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;
    private final @Nullable EntityTag tag;
    /** Those that have been made of it; null when it is made for one request. */
    private final @Nullable Map<String, Response> forms;

    private Response(int status, Map<String, String> headers, byte[] body) {
        this(status, headers, body, null, null);
    }

    private Response(
            int status,
            Map<String, String> headers,
            byte[] body,
            @Nullable EntityTag tag,
            @Nullable Map<String, Response> forms) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.tag = tag;
        this.forms = forms;
    }

    /** The same, for many requests: each form of it is made once. */
    Response lasting() {
        return new Response(status, headers, body, tag, new ConcurrentHashMap<>());
    }

    /** This in another form, of which there are a few. */
    Response form(String name, UnaryOperator<Response> make) {
        var made = forms;
        return made == null
                ? make.apply(this)
                : made.computeIfAbsent(name, _ -> make.apply(this).lasting());
    }

    /** Named by a tag, in a form of it. */
    Response tagged(EntityTag name, String form) {
        return new Response(status, with("ETag", name.header(form)).headers, body, name, forms);
    }

    /** What names it; empty when nothing does. */
    Optional<EntityTag> tag() {
        return Optional.ofNullable(tag);
    }

    static Response empty(int status) {
        return new Response(status, Map.of(), NOTHING);
    }

    /** @param json what {@link Json#write} takes */
    static Response json(int status, Object json) {
        return json(status, Body.JSON, json);
    }

    static Response json(int status, String mediaType, Object json) {
        return new Response(status, Map.of("Content-Type", mediaType), Json.write(json));
    }

    /** @param body not to be changed afterwards */
    static Response of(int status, String mediaType, byte[] body) {
        return new Response(status, Map.of("Content-Type", mediaType), body);
    }

    static Response body(int status, Body body) {
        return new Response(status, Map.of("Content-Type", body.mediaType()), body.bytes());
    }

    Response with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Response(status, more, body);
    }

    Response with(Map<String, String> others) {
        var more = new LinkedHashMap<>(headers);
        more.putAll(others);
        return new Response(status, more, body);
    }

    /** Says that another value of these headers of the request may get another answer. */
    Response varying(String names) {
        var known = headers.get("Vary");
        return with("Vary", known == null ? names : known + ", " + names);
    }

    Response withBody(byte[] other) {
        return new Response(status, headers, other);
    }

    /** With its headers, but those of the body. */
    Response withoutBody(int other) {
        var fewer = new LinkedHashMap<>(headers);
        fewer.remove("Content-Type");
        return new Response(other, fewer, NOTHING);
    }

    /** In lower case, without parameters; empty when there is no body. */
    String mediaType() {
        return Representation.mediaType(headers.getOrDefault("Content-Type", ""));
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    /** The bytes themselves, not to be changed. */
    byte[] body() {
        return body;
    }
}
