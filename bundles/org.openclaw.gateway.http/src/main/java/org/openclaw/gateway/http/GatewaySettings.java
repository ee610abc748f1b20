package org.openclaw.gateway.http;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of PID {@code org.openclaw.gateway.http}. */
@ObjectClassDefinition(name = "OpenClaw HTTP API", description = "Bounds of the HTTP API under /v1.")
@interface GatewaySettings {
    @AttributeDefinition(description = "Bytes of a message at most (1 KiB to 64 MiB).", min = "1024", max = "67108864")
    int message_max_bytes() default 1024 * 1024;

    @AttributeDefinition(description = "Bytes of a bundle at most (1 KiB to 2 GiB).", min = "1024", max = "2147483648")
    long bundle_max_bytes() default 256L * 1024 * 1024;

    @AttributeDefinition(description = "Depth of the JSON of a message at most (1 to 1000).", min = "1", max = "1000")
    int json_max_depth() default 64;

    @AttributeDefinition(description = "Seconds that a message's body may take (1 to 600).", min = "1", max = "600")
    int message_max_seconds() default 30;

    @AttributeDefinition(description = "Seconds that a bundle's body may take (1 to 3600).", min = "1", max = "3600")
    int bundle_max_seconds() default 600;

    @AttributeDefinition(
            description = "Requests that are worked on at a time (1 to 100000); more are answered 503.",
            min = "1",
            max = "100000")
    int requests_max() default 1000;

    @AttributeDefinition(
            description = "Requests that wait for a reply at a time (0 to 1000000); more get their receipt at once.",
            min = "0",
            max = "1000000")
    int waits_max() default 10_000;

    @AttributeDefinition(
            description = "Event streams that are open at a time (0 to 100000); more are answered 503.",
            min = "0",
            max = "100000")
    int streams_max() default 1000;

    @AttributeDefinition(
            description =
                    "Bodies of requests that are waited for at a time (1 to 100000), on a thread each: fewer than the server"
                            + " has threads; more are answered 503.",
            min = "1",
            max = "100000")
    int bodies_max() default 50;

    @AttributeDefinition(
            description = "Seconds that a client may take for a large answer (1 to 3600); then it is cut.",
            min = "1",
            max = "3600")
    int answer_max_seconds() default 60;

    @AttributeDefinition(
            description = "Origins whose pages may call the API from a browser, with a bearer token, such as"
                    + " https://app.example.org; or * alone. Nobody's but ours when it is empty.")
    String[] cors_origins() default {};
}
