package org.openclaw.gateway.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openclaw.agent.DeadLetter;
import org.openclaw.agent.DeadLetterPage;
import org.openclaw.agent.DeadLetters;
import org.openclaw.message.Address;
import org.openclaw.message.Body;
import org.openclaw.message.ReceiptId;
import org.openclaw.message.Tenant;

/** The dead letters that a test puts there; those to an agent with the key {@code retired} cannot be redriven. */
final class ShelvedLetters implements DeadLetters {
    private static final Instant AT = ListedAgents.AT;

    final List<DeadLetter> letters = new ArrayList<>();
    final List<ReceiptId> redriven = new ArrayList<>();

    /** Puts one there that has been tried once, and then had nobody to be tried by. */
    void add(String receipt, Address to) {
        letters.add(new DeadLetter(
                new ReceiptId(receipt),
                to,
                to.type() + ".Placed",
                "/shop",
                "7",
                AT,
                AT.plusSeconds(2),
                2,
                List.of(
                        new DeadLetter.Attempt(AT.plusSeconds(1), "1.0.0", "turn.failed", "out of stock"),
                        new DeadLetter.Attempt(AT.plusSeconds(2), "", "agent.retired", "it is gone")),
                13,
                Optional.of(Body.json("{\"sku\":\"a-1\"}"))));
    }

    @Override
    public DeadLetterPage list(Tenant tenant, Optional<String> type, Optional<ReceiptId> after, int limit) {
        int from = after.map(this::behind).orElse(0);
        var behind = letters.subList(from, letters.size()).stream()
                .filter(letter ->
                        type.isEmpty() || type.get().equals(letter.to().type()))
                .toList();
        var page = behind.stream().limit(limit).toList();
        return new DeadLetterPage(
                page, behind.size() > limit ? Optional.of(page.getLast().receipt()) : Optional.empty());
    }

    private int behind(ReceiptId receipt) {
        for (int i = 0; i < letters.size(); i++) {
            if (letters.get(i).receipt().equals(receipt)) {
                return i + 1;
            }
        }
        throw new IllegalArgumentException("after: '" + receipt + "' (expected: the receipt of a message)");
    }

    @Override
    public Optional<DeadLetter> letter(Tenant tenant, ReceiptId receipt) {
        return letters.stream()
                .filter(letter -> letter.receipt().equals(receipt))
                .findFirst();
    }

    @Override
    public boolean redrive(Tenant tenant, ReceiptId receipt) {
        boolean done = letters.removeIf(
                letter -> letter.receipt().equals(receipt) && !letter.to().key().equals("retired"));
        if (done) {
            redriven.add(receipt);
        }
        return done;
    }

    @Override
    public boolean discard(Tenant tenant, ReceiptId receipt) {
        return letters.removeIf(letter -> letter.receipt().equals(receipt));
    }

    @Override
    public long count() {
        return letters.size();
    }
}
