package org.openclaw.gateway.http;

import java.util.Optional;
import org.openclaw.agent.DeadLetter;
import org.openclaw.agent.DeadLetterPage;
import org.openclaw.agent.DeadLetters;
import org.openclaw.message.ReceiptId;
import org.openclaw.security.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /v1/dead-letters}: lists, shows, redrives and discards the messages that were set aside. */
final class DeadLettersResource {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLettersResource.class);

    private static final Listing LISTING = new Listing("deadLetters");

    private final Part<DeadLetters> letters;

    DeadLettersResource(Part<DeadLetters> letters) {
        this.letters = letters;
    }

    Route list() {
        return Route.of("/v1/dead-letters")
                .get(
                        Operation.of("listDeadLetters", "The messages that were set aside", Role.READER)
                                .with(
                                        Parameter.query("type", Shape.text(), "Only those to agents of this type."),
                                        Listing.AFTER,
                                        Listing.LIMIT)
                                .gives(200, LISTING.reply(DeadLetterJson.shape())),
                        this::page);
    }

    Route one() {
        return Route.of("/v1/dead-letters/{receipt}")
                .get(
                        Operation.of("getDeadLetter", "One of them", Role.READER)
                                .with(Call.BODY)
                                .gives(200, "It.", DeadLetterJson.shape())
                                .refuses(404),
                        this::show)
                .on(
                        "DELETE",
                        Operation.of("discardDeadLetter", "Forgets one of them", Role.OPERATOR)
                                .gives(204, "It is forgotten.")
                                .refuses(404),
                        this::discard);
    }

    Route redrive() {
        return Route.of("/v1/dead-letters/{receipt}/redrive")
                .on(
                        "POST",
                        Operation.of("redriveDeadLetter", "Puts one of them into its inbox again", Role.OPERATOR)
                                .gives(
                                        202,
                                        Reply.json(
                                                        "It is waiting again.",
                                                        Shape.object().with("receipt", Shape.text()))
                                                .with("Location", "Where the message is."))
                                .refuses(404, 409),
                        this::again);
    }

    private Answer page(Call call) throws Rejection {
        var page = pageOf(call);
        return LISTING.answer(
                call, new Listing.Page<>(page.letters(), page.next().map(ReceiptId::value)), DeadLetterJson::of);
    }

    private DeadLetterPage pageOf(Call call) throws Rejection {
        try {
            return letters.now()
                    .list(
                            call.subject().tenant(),
                            call.parameter("type"),
                            LISTING.after(call).map(ReceiptId::new),
                            Listing.limit(call));
        } catch (IllegalArgumentException bad) {
            throw Cursor.invalid("it names no place in it");
        }
    }

    private Answer show(Call call) throws Rejection {
        boolean body = call.showsBodies("a dead letter");
        var letter = find(call).orElseThrow(DeadLettersResource::unknown);
        return Answer.of(Response.json(200, body ? DeadLetterJson.whole(letter) : DeadLetterJson.of(letter)));
    }

    private Answer again(Call call) throws Rejection {
        var receipt = receipt(call);
        if (!letters.now().redrive(call.subject().tenant(), receipt)) {
            throw find(call).map(letter -> retired(letter)).orElseGet(DeadLettersResource::unknown);
        }
        LOG.info("'{}' has redriven the dead letter {}", call.subject().name(), receipt);
        return Answer.of(Response.json(202, Json.object().put("receipt", receipt.value()))
                .with("Location", "/v1/messages/" + UrlText.encode(receipt.value())));
    }

    private Answer discard(Call call) throws Rejection {
        var receipt = receipt(call);
        if (!letters.now().discard(call.subject().tenant(), receipt)) {
            throw unknown();
        }
        LOG.info("'{}' has discarded the dead letter {}", call.subject().name(), receipt);
        return Answer.of(Response.empty(204));
    }

    private Optional<DeadLetter> find(Call call) throws Rejection {
        return letters.now().letter(call.subject().tenant(), receipt(call));
    }

    private static ReceiptId receipt(Call call) {
        return new ReceiptId(call.variable("receipt"));
    }

    private static Rejection unknown() {
        return Problem.of(
                        404,
                        "dead-letter.unknown",
                        "There is no dead letter with this receipt (expected: one of GET /v1/dead-letters). If it was"
                                + " redriven or discarded, GET /v1/messages/{receipt} says where it is.")
                .rejection();
    }

    private static Rejection retired(DeadLetter letter) {
        return Problem.of(
                        409,
                        "agent.retired",
                        "The dead letter cannot be redriven: " + letter.to() + " is retired and takes nothing any more"
                                + " (expected: an agent that is not). Discard it.")
                .rejection();
    }
}
