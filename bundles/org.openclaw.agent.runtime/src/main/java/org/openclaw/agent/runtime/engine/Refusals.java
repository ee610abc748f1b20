package org.openclaw.agent.runtime.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.openclaw.agent.runtime.type.AgentVersion;
import org.openclaw.agent.runtime.type.Decoded;
import org.openclaw.agent.runtime.type.Descriptor;
import org.openclaw.message.Address;
import org.openclaw.message.Message;
import org.openclaw.message.Receipt;
import org.openclaw.message.Refusal;
import org.openclaw.store.AgentName;
import org.openclaw.store.StoreException;

/** What the door says when it says no. */
final class Refusals {
    private static final Duration LEAST = Duration.ofSeconds(1);
    /** An operator may make room on the disk at any time. */
    private static final Duration UNTIL_THERE_IS_ROOM = Duration.ofSeconds(5);

    private static final Duration MOST = Duration.ofSeconds(60);

    private Refusals() {}

    /** What is refused, for the beginning of its text. */
    static String message(Address to) {
        return "Refused a message to " + to;
    }

    /** What is refused, for the beginning of its text. */
    static String creating(Address address) {
        return "Refused to create " + address;
    }

    static Refusal unknownType(String refused, String type, Collection<String> known) {
        var nearest = Nearest.of(type, known)
                .map(name -> " Did you mean '" + name + "'?")
                .orElse("");
        var list = known.isEmpty() ? "none is deployed yet" : "one of: " + String.join(", ", known);
        return Refusal.of(
                Refusal.Kind.UNKNOWN,
                "type.unknown",
                refused + ": there is no agent type '" + type + "' (expected: " + list + ")." + nearest
                        + " Deploy its bundle, or correct the address.");
    }

    static Receipt unknownMessage(Address to, Message message, AgentVersion version) {
        var known = version.descriptor().messages().stream()
                .map(Descriptor.MessageForm::type)
                .toList();
        var nearest = Nearest.of(message.type(), known)
                .map(name -> " Did you mean '" + name + "'?")
                .orElse("");
        return refused(Refusal.of(
                Refusal.Kind.INVALID,
                "message.type.unknown",
                "Refused a message to " + to + ": " + version + " does not understand '" + message.type()
                        + "' (expected one of: " + String.join(", ", known) + ")." + nearest
                        + " Correct the type of the message."));
    }

    static Receipt unfit(Address to, Message message, Decoded.Unfit unfit) {
        var first = unfit.violations().getFirst();
        return refused(Refusal.invalid(
                "body.invalid",
                "Refused a " + message.type() + " to " + to + ": its body does not fit. " + first
                        + ". Correct the body; GET /v1/types/" + to.type() + " has its schema.",
                unfit.violations()));
    }

    static Receipt tooLarge(Address to, Message message, long bound) {
        return refused(Refusal.of(
                Refusal.Kind.INVALID,
                "body.too.large",
                "Refused a " + message.type() + " to " + to + ": its body has "
                        + message.body().size() + " bytes (expected: at most " + bound
                        + "). Make it smaller, or send a reference to the data."));
    }

    static Receipt expired(Address to, Message message, Instant now) {
        var expires = message.delivery().expires().orElse(now);
        return refused(Refusal.of(
                Refusal.Kind.INVALID,
                Answers.EXPIRED,
                "Refused a " + message.type() + " to " + to + ": it expired at " + expires + ", "
                        + Duration.between(expires, now).toMillis() + " ms before it came (expected: an expirytime that"
                        + " is to come; by the clock of this node it is " + now
                        + ", and that of the sender may differ). Send it with a later one if it is of use still."));
    }

    static Receipt unknownAgent(Address to, Message query) {
        return refused(Refusal.of(
                Refusal.Kind.UNKNOWN,
                "agent.unknown",
                "Refused the query " + query.type() + " to " + to + ": there is no such agent (expected: one that has"
                        + " been sent a message). A query does not bring an agent into existence; send it a message"
                        + " first."));
    }

    static Receipt inboxFull(Address to, int messages, Duration retryAfter) {
        return refused(Refusal.busy(
                Refusal.Kind.QUOTA,
                "inbox.full",
                "Refused a message to " + to + ": its inbox is full (expected: at most " + messages
                        + " messages, and bytes within their bound). Try again later.",
                clamp(retryAfter)));
    }

    static Refusal draining(String refused) {
        return Refusal.busy(
                Refusal.Kind.UNAVAILABLE,
                "agent.draining",
                refused + ": the agent is being retired and handles what waits (expected: an address that is not"
                        + " retired). Use another key, or purge the agent when it has ended.",
                LEAST);
    }

    static Refusal retired(String refused) {
        return Refusal.of(
                Refusal.Kind.UNKNOWN,
                "agent.retired",
                refused + ": the agent is retired, and its address takes nothing any more (expected: another address)."
                        + " Purge the agent to begin a new one there: DELETE its address with ?purge=true.");
    }

    /** The store takes nothing. */
    static Refusal store(String refused, StoreException why) {
        return Refusal.busy(
                Refusal.Kind.UNAVAILABLE,
                why.code(),
                refused + ": the store of this node takes nothing at present. " + why.getMessage()
                        + (why.mayBeTriedAgain()
                                ? " Make room on the disk; it goes on by itself."
                                : " An operator has to start this node again. Then send it again with the same id."),
                why.mayBeTriedAgain() ? UNTIL_THERE_IS_ROOM : MOST);
    }

    static Refusal diskLow(String refused, long room, long reserve) {
        return Refusal.busy(
                Refusal.Kind.UNAVAILABLE,
                "disk.low",
                refused + ": the disk under the data has " + room + " bytes left (expected: at least " + reserve
                        + "). Make room on it, or lower disk.reserve of org.openclaw.agent.runtime.",
                UNTIL_THERE_IS_ROOM);
    }

    /** Where there is no room for a message beyond its agent. */
    static Receipt full(AgentName to, Rooms.Full whose, Settings bounds, Duration retryAfter) {
        return switch (whose) {
            case NODE ->
                nodeFull(
                        to.address(),
                        "too much waits on this node (expected: at most " + bounds.nodeMessages() + " messages of "
                                + bounds.nodeBytes() + " bytes).",
                        retryAfter);
            case TENANT ->
                quota(
                        to,
                        "tenant.full",
                        "too much waits for the tenant '" + to.tenant() + "' (expected: at most "
                                + bounds.tenantMessages() + " messages of " + bounds.tenantBytes() + " bytes).",
                        retryAfter);
            case TYPE ->
                quota(
                        to,
                        "type.full",
                        "too much waits for the agent type '" + to.address().type() + "' (expected: at most "
                                + bounds.typeMessages() + " messages of " + bounds.typeBytes() + " bytes).",
                        retryAfter);
        };
    }

    private static Receipt quota(AgentName to, String code, String what, Duration retryAfter) {
        return refused(Refusal.busy(
                Refusal.Kind.QUOTA,
                code,
                "Refused a message to " + to.address() + ": " + what + " Try again later.",
                clamp(retryAfter)));
    }

    static Refusal fullOfAgents(String refused, Settings bounds) {
        return Refusal.busy(
                Refusal.Kind.UNAVAILABLE,
                "node.agents.full",
                refused + ": this node cannot take another agent (expected: at most " + bounds.agents()
                        + " agents). Retire agents, or raise the bound.",
                MOST);
    }

    static Receipt nodeFull(Address to, String what, Duration retryAfter) {
        return refused(Refusal.busy(
                Refusal.Kind.UNAVAILABLE,
                "node.full",
                "Refused a message to " + to + ": " + what + " Try again later.",
                clamp(retryAfter)));
    }

    static Refusal stopping(String refused, Duration retryAfter) {
        return Refusal.busy(
                Refusal.Kind.UNAVAILABLE,
                "node.stopping",
                refused + ": this node is stopping. Try again when it is back.",
                clamp(retryAfter));
    }

    /** Whether something was refused because a queue was full. */
    static boolean isFull(Refusal refusal) {
        return refusal.code().endsWith(".full");
    }

    private static Duration clamp(Duration wait) {
        if (wait.compareTo(LEAST) < 0) {
            return LEAST;
        }
        return wait.compareTo(MOST) > 0
                ? MOST
                : Duration.ofSeconds(wait.plusMillis(999).toSeconds());
    }

    private static Receipt refused(Refusal refusal) {
        return new Receipt.Refused(refusal);
    }

    /** The name that a mistyped one was probably meant to be. */
    static final class Nearest {
        private Nearest() {}

        static Optional<String> of(String given, Collection<String> known) {
            var best = Optional.<String>empty();
            int least = Math.max(2, given.length() / 3) + 1;
            for (var name : List.copyOf(known)) {
                int distance = distance(given, name);
                if (distance < least) {
                    least = distance;
                    best = Optional.of(name);
                }
            }
            return best;
        }

        /** The number of letters to change, add or leave out (Levenshtein). */
        private static int distance(String from, String to) {
            var row = new int[to.length() + 1];
            for (int j = 0; j <= to.length(); j++) {
                row[j] = j;
            }
            for (int i = 1; i <= from.length(); i++) {
                int diagonal = row[0];
                row[0] = i;
                for (int j = 1; j <= to.length(); j++) {
                    int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                    diagonal = row[j];
                    row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
                }
            }
            return row[to.length()];
        }
    }
}
