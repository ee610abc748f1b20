package org.openclaw.agent.runtime.engine;

import java.util.ArrayList;
import java.util.Optional;
import org.openclaw.agent.DeadLetter;
import org.openclaw.agent.DeadLetterPage;
import org.openclaw.message.ReceiptId;
import org.openclaw.message.Tenant;
import org.openclaw.store.Key;
import org.openclaw.store.Kind;

/** What operators see of dead letters and do to them. Thread-safe: it asks the core. */
final class LetterDesk {
    private static final int MAX_PAGE = 1_000;

    /** How many one call of {@link #list} looks at. */
    private static final int MAX_LOOKS = 10_000;

    private final Core core;
    private final Shelf shelf;
    private final Directory directory;
    private final Letters letters;
    private final Inboxes inboxes;
    private final Outcomes outcomes;
    private final Surroundings world;

    LetterDesk(
            Core core,
            Shelf shelf,
            Directory directory,
            Letters letters,
            Inboxes inboxes,
            Outcomes outcomes,
            Surroundings world) {
        this.core = core;
        this.shelf = shelf;
        this.directory = directory;
        this.letters = letters;
        this.inboxes = inboxes;
        this.outcomes = outcomes;
        this.world = world;
    }

    DeadLetterPage list(Tenant tenant, Optional<String> type, Optional<ReceiptId> after, int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: 1 to " + MAX_PAGE + ")");
        }
        var from = after.map(LetterDesk::behind).orElse(Key.first(Kind.DEAD));
        var found = new ArrayList<DeadLetter>();
        int looks = 0;
        while (true) {
            var page = shelf.page(from, MAX_PAGE);
            for (var entry : page) {
                looks++;
                long number = entry.key().first();
                long agent = entry.key().second();
                var letter = DeadRecord.read(entry.value());
                var to = letter.to();
                if (to.tenant().equals(tenant)
                        && type.filter(wanted -> !wanted.equals(to.address().type()))
                                .isEmpty()) {
                    found.add(letter.view(agent, number, false));
                }
                if (found.size() == limit || looks == MAX_LOOKS) {
                    return new DeadLetterPage(
                            found,
                            Optional.of(
                                    new Ticket(agent, number, letter.envelope().secret()).id()));
                }
            }
            if (page.size() < MAX_PAGE) {
                return new DeadLetterPage(found, Optional.empty());
            }
            from = Shelf.behind(page.getLast().key());
        }
    }

    private static Key behind(ReceiptId after) {
        var ticket = Ticket.of(after)
                .orElseThrow(() ->
                        new IllegalArgumentException("after: '" + after + "' (expected: the receipt of a message)"));
        return Shelf.behind(new Key(Kind.DEAD, ticket.number(), ticket.agent()));
    }

    Optional<DeadLetter> find(Tenant tenant, ReceiptId receipt) {
        return Ticket.of(receipt)
                .map(this::latest)
                .flatMap(ticket ->
                        stored(tenant, ticket).map(letter -> letter.view(ticket.agent(), ticket.number(), true)));
    }

    /** Under what it is known now that was driven again since its receipt was given. */
    private Ticket latest(Ticket ticket) {
        return shelf.outcome(ticket.agent(), ticket.number())
                .filter(outcome -> outcome.secret() == ticket.secret())
                .map(outcome -> outcome.how() instanceof Outcome.How.Redriven(long number)
                        ? latest(new Ticket(ticket.agent(), number, ticket.secret()))
                        : ticket)
                .orElse(ticket);
    }

    private Optional<DeadRecord> stored(Tenant tenant, Ticket ticket) {
        return shelf.dead(ticket.agent(), ticket.number())
                .filter(letter -> letter.envelope().secret() == ticket.secret())
                .filter(letter -> letter.to().tenant().equals(tenant));
    }

    boolean redrive(Tenant tenant, ReceiptId receipt) {
        return Ticket.of(receipt)
                .map(this::latest)
                .map(ticket -> core.<Boolean>ask((into, answer) -> {
                            var letter = stored(tenant, ticket);
                            var cell = letter.flatMap(found -> directory.find(found.to()))
                                    .filter(found -> found.number() == ticket.agent());
                            boolean done = cell.isPresent()
                                    && !cell.get().held().draining()
                                    && letters.has(ticket.agent(), ticket.number());
                            if (done) {
                                inboxes.redrive(cell.get(), ticket, letter.orElseThrow(), into);
                            }
                            into.answer(answer, done);
                        })
                        .join())
                .orElse(false);
    }

    boolean discard(Tenant tenant, ReceiptId receipt) {
        return Ticket.of(receipt)
                .map(this::latest)
                .map(ticket -> core.<Boolean>ask((into, answer) -> {
                            var letter = stored(tenant, ticket);
                            boolean done = letter.isPresent() && letters.discard(ticket.agent(), ticket.number(), into);
                            if (done) {
                                discarded(letter.get(), ticket, into);
                            }
                            into.answer(answer, done);
                        })
                        .join())
                .orElse(false);
    }

    /** Its receipt goes on to say for a while how it ended. */
    private void discarded(DeadRecord letter, Ticket ticket, Transaction into) {
        var envelope = letter.envelope();
        outcomes.end(
                ticket.agent(),
                ticket.number(),
                new Outcome(
                        envelope.secret(),
                        envelope.acceptedAt(),
                        Micros.of(world.clock().instant()),
                        Identity.of(letter.to(), envelope.message()),
                        letter.to(),
                        envelope.message().type(),
                        new Outcome.How.Dead(letter.last().code(), letter.last().cause())),
                into);
    }
}
