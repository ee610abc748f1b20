package org.openclaw.gateway.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openclaw.agent.WaitPage;
import org.openclaw.agent.WaitView;
import org.openclaw.agent.Waits;
import org.openclaw.message.Address;
import org.openclaw.message.Body;
import org.openclaw.message.ReceiptId;
import org.openclaw.message.Refusal;
import org.openclaw.message.Tenant;

/** What a test lets turns wait for. Takes one answer for each signal, unless the test refuses it. */
final class ListedWaits implements Waits {
    /** The signal {@code s1} of {@code order/7}, as the API shows it. */
    static final String SIGNAL = "{\"agent\":\"order/7\",\"message\":\"r1\",\"messageType\":\"order.Placed\","
            + "\"name\":\"approval\",\"kind\":\"signal\",\"signal\":\"s1\",\"answer\":\"java.lang.Boolean\","
            + "\"since\":\"2026-11-01T12:00:00Z\",\"until\":\"2026-11-08T12:00:00Z\"}";

    private static final long WEEK = 7 * 24 * 3600;

    final List<WaitView> waits = new ArrayList<>();
    final Map<String, Body> answers = new LinkedHashMap<>();
    Optional<Refusal> refusal = Optional.empty();

    void signal(Address agent, String id) {
        add(agent, "approval", Optional.empty(), Optional.of(id), "java.lang.Boolean");
    }

    void question(Address agent, Address asked) {
        add(agent, asked.toString(), Optional.of(asked), Optional.empty(), "order.Stock");
    }

    private void add(Address agent, String name, Optional<Address> asked, Optional<String> signal, String answer) {
        waits.add(new WaitView(
                agent,
                new ReceiptId("r" + (waits.size() + 1)),
                agent.type() + ".Placed",
                name,
                asked,
                signal,
                answer,
                ListedAgents.AT,
                ListedAgents.AT.plusSeconds(WEEK)));
    }

    /** The cursor is the number of those before. */
    @Override
    public WaitPage list(Tenant tenant, Optional<String> after, int limit) {
        int from;
        try {
            from = after.map(Integer::parseInt).orElse(0);
        } catch (NumberFormatException none) {
            throw new IllegalArgumentException(
                    "after: '" + after.get() + "' (expected: what the page before says is next)", none);
        }
        int to = Math.min(waits.size(), from + limit);
        return new WaitPage(
                waits.subList(from, to), to < waits.size() ? Optional.of(Integer.toString(to)) : Optional.empty());
    }

    @Override
    public List<WaitView> of(Tenant tenant, Address agent) {
        return waits.stream().filter(wait -> wait.agent().equals(agent)).toList();
    }

    @Override
    public Answer answer(Tenant tenant, String signal, Body answer) {
        if (refusal.isPresent()) {
            return new Answer.Refused(refusal.get());
        }
        var known = answers.putIfAbsent(signal, answer);
        return known == null || known.equals(answer)
                ? new Answer.Taken(known != null)
                : new Answer.Refused(Refusal.of(Refusal.Kind.CONFLICT, "signal.answered", "It was answered before."));
    }
}
