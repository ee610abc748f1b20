package org.openclaw.launcher.claw;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A message as it is typed: mixed in by the verbs that send one. */
final class MessageArguments {
    @Parameters(
            index = "0",
            paramLabel = "ADDRESS",
            converter = AgentAddress.Converter.class,
            description = "The agent, as type/key.")
    private AgentAddress address = new AgentAddress("", "");

    @Parameters(
            index = "1",
            paramLabel = "TYPE",
            description = "The type of the message. Without a dot, the agent type is put before it: Status is"
                    + " triage.Status for triage/x.")
    private String type = "";

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "BODY",
            defaultValue = "{}",
            description = "Its body as JSON, or @FILE, or - for standard input. Default: ${DEFAULT-VALUE}.")
    private String body = "{}";

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "The message's id: sent again with the same one, it is recognised as the same message."
                    + " Default: a new one.")
    private @Nullable String id;

    @Option(
            names = "--priority",
            paramLabel = "N",
            description =
                    "How urgent it is beside messages to other agents of the type, 0 to 9, 9 the most. Default: 4.")
    private @Nullable String priority;

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            description = "When its turn should have begun, such as 2026-11-01T12:00:00Z; nothing ends by it.")
    private @Nullable String deadline;

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            description = "From when on it is not worth a turn, such as 2026-11-01T12:00:00Z.")
    private @Nullable String expires;

    AgentAddress address() {
        return address;
    }

    /** The CloudEvents type. */
    String type() {
        return address.messageType(type);
    }

    /** Posts the message; the answer may still be a problem. */
    Answer post(Api api, Duration wait) {
        var key = id;
        return api.post(
                address.path() + "/messages?type=" + Api.encoded(type())
                        + parameter("priority", priority)
                        + parameter("deadline", deadline)
                        + parameter("expirytime", expires),
                TypedJson.bytes(body, "body"),
                Map.of("Idempotency-Key", key == null ? UUID.randomUUID().toString() : key),
                wait);
    }

    private static String parameter(String name, @Nullable String value) {
        return value == null ? "" : "&" + name + "=" + Api.encoded(value);
    }
}
