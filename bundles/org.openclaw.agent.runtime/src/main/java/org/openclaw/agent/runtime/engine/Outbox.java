package org.openclaw.agent.runtime.engine;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.openclaw.agent.runtime.type.AgentVersion;
import org.openclaw.agent.runtime.type.HostedType;
import org.openclaw.agent.runtime.type.HostedTypes;
import org.openclaw.message.Address;
import org.openclaw.message.Message;
import org.openclaw.schema.Violation;

/**
 * Checks what a turn sends and asks before it counts: a body that no version of the receiver could read fails the turn that made it, and
 * not one of the receiver later; replies are looked at where they are read. What is sent to types or of types that nobody here knows waits
 * for a version that does. Thread-safe.
 */
final class Outbox {
    private final HostedTypes types;

    Outbox(HostedTypes types) {
        this.types = types;
    }

    /** The same, or that the turn has failed. */
    Handling.Result checked(Handling.Result result) {
        return switch (result) {
            case Handling.Result.Returned returned -> {
                var sends = returned.effects().sends();
                yield failure(sends.stream().flatMap(send -> unfit(send.to(), send.message()).stream()))
                        .orElse(result);
            }
            case Handling.Result.Suspended(var pending) ->
                failure(pending.questions().stream()
                                .map(Pending.Question::message)
                                .flatMap(question -> unfit(question.to(), question.message()).stream()))
                        .orElse(result);
            default -> result;
        };
    }

    private static Optional<Handling.Result> failure(Stream<String> unfit) {
        return unfit.findFirst().map(text -> new Handling.Result.Failed("sent.body.invalid", text, true));
    }

    private Optional<String> unfit(Address to, Message message) {
        List<List<Violation>> found = types.find(to.type()).map(HostedType::versions).orElse(List.of()).stream()
                .flatMap(version -> violations(version, message).stream())
                .toList();
        return found.isEmpty() || found.stream().anyMatch(List::isEmpty)
                ? Optional.empty()
                : Optional.of("It sent a " + message.type() + " to " + to + " whose body does not fit. "
                        + found.getFirst().getFirst()
                        + ". Correct what is sent, or deploy a version of the receiver that reads it.");
    }

    /** Empty when the version does not know such messages, or they may be as they like. */
    private static Optional<List<Violation>> violations(AgentVersion version, Message message) {
        return version.understands(message.type())
                .filter(understood -> understood.check().isPresent())
                .map(understood -> understood.violations(message.body()));
    }
}
