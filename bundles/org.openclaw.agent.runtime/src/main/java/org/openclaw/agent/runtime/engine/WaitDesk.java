package org.openclaw.agent.runtime.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.openclaw.agent.WaitPage;
import org.openclaw.agent.WaitView;
import org.openclaw.agent.Waits;
import org.openclaw.agent.runtime.type.AgentVersion;
import org.openclaw.agent.runtime.type.Decoded;
import org.openclaw.agent.runtime.type.HostedTypes;
import org.openclaw.message.Address;
import org.openclaw.message.Body;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.Refusal;
import org.openclaw.message.Tenant;
import org.openclaw.store.AgentName;
import org.openclaw.store.Key;
import org.openclaw.store.Kind;
import org.openclaw.store.StoreException;

/** What suspended turns wait for, and the door for answers to signals. Thread-safe: it asks the core. */
final class WaitDesk implements Waits {
    private static final int MAX_PAGE = 1_000;
    /** How many agents the core is asked about at a time. */
    private static final int AT_ONCE = 100;

    private final Core core;
    private final Shelf shelf;
    private final HostedTypes types;
    private final Directory directory;
    private final Steps steps;
    private final Answers answers;

    WaitDesk(Core core, Shelf shelf, HostedTypes types, Directory directory, Steps steps, Answers answers) {
        this.core = core;
        this.shelf = shelf;
        this.types = types;
        this.directory = directory;
        this.steps = steps;
        this.answers = answers;
    }

    @Override
    public WaitPage list(Tenant tenant, Optional<String> after, int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: 1 to " + MAX_PAGE + ")");
        }
        var from = after.map(WaitDesk::behind).orElse(Key.first(Kind.HELD));
        // what is stored is read here, and not by the core, which has others to serve
        var page = shelf.page(from, MAX_PAGE);
        var names = new ArrayList<AgentName>();
        long last = Directory.NONE;
        for (var entry : page) {
            last = entry.key().first();
            if (Held.read(entry.value()).awaited() != null) {
                shelf.agent(last)
                        .map(AgentRecord::name)
                        .filter(name -> name.tenant().equals(tenant))
                        .ifPresent(names::add);
            }
            if (names.size() == limit) {
                break;
            }
        }
        var found = new ArrayList<WaitView>();
        for (int first = 0; first < names.size(); first += AT_ONCE) {
            var some = names.subList(first, Math.min(names.size(), first + AT_ONCE));
            found.addAll(core.look(() -> some.stream()
                    .flatMap(name -> directory.resident(name).stream())
                    .flatMap(cell -> views(cell).stream())
                    .toList()));
        }
        boolean more = names.size() == limit || page.size() == MAX_PAGE;
        return new WaitPage(found, more ? Optional.of(Long.toHexString(last)) : Optional.empty());
    }

    private static Key behind(String after) {
        try {
            return Shelf.behind(new Key(Kind.HELD, Long.parseLong(after, 16), 0));
        } catch (NumberFormatException none) {
            throw new IllegalArgumentException(
                    "after: '" + after + "' (expected: what the page before says is next)", none);
        }
    }

    @Override
    public List<WaitView> of(Tenant tenant, Address agent) {
        return core.look(() -> directory
                .resident(new AgentName(tenant, agent))
                .map(this::views)
                .orElse(List.of()));
    }

    private List<WaitView> views(Cell cell) {
        return views(cell, Integer.MAX_VALUE);
    }

    /** The first so many; for the thread of the core. */
    private List<WaitView> views(Cell cell, int most) {
        long agent = cell.number();
        var awaited = cell.held().awaited();
        var envelope = awaited == null ? Optional.<Envelope>empty() : shelf.message(agent, awaited.message());
        if (awaited == null || envelope.isEmpty()) {
            return List.of();
        }
        return awaited.waits().stream()
                .limit(most)
                .flatMap(wait -> steps.current(awaited.message(), wait.ordinal()).stream()
                        .flatMap(step -> step.open().stream()
                                .map(open -> view(cell, awaited, wait, envelope.get(), step.name(), open))))
                .toList();
    }

    /** Where a message is whose turn is suspended; empty when it is not. For the thread of the core. */
    Optional<MessageStatus.Suspended> suspended(Cell cell, long message) {
        var awaited = cell.held().awaited();
        if (awaited == null || awaited.message() != message) {
            return Optional.empty();
        }
        var waits = views(cell);
        return waits.stream()
                .map(WaitView::until)
                .max(Comparator.naturalOrder())
                .map(until -> new MessageStatus.Suspended(
                        Micros.instant(awaited.since()), until, text(waits.getFirst(), waits.size())));
    }

    /** What is waited for, for people; empty when the turn at the head is not suspended. For the thread of the core. */
    Optional<String> text(Cell cell) {
        var awaited = cell.held().awaited();
        return views(cell, 1).stream()
                .findFirst()
                .flatMap(first -> Optional.ofNullable(awaited)
                        .map(all -> text(first, all.waits().size())));
    }

    private static String text(WaitView first, int count) {
        var what = first.asked().map(to -> "the reply of " + to).orElseGet(() -> "the signal '" + first.name() + "'");
        return "Its turn for " + first.messageType() + " waits for " + what
                + (count == 1 ? "" : " and " + (count - 1) + " more") + ", since " + first.since() + " and until "
                + first.until() + ".";
    }

    private static WaitView view(
            Cell cell,
            Held.Awaited awaited,
            Held.Wait wait,
            Envelope envelope,
            String name,
            StepRecord.Outcome.Open open) {
        var asked = Optional.ofNullable(wait.asked());
        long agent = cell.number();
        long message = awaited.message();
        return new WaitView(
                cell.name().address(),
                new Ticket(agent, message, envelope.secret()).id(),
                envelope.message().type(),
                name,
                asked,
                asked.isPresent()
                        ? Optional.empty()
                        : Optional.of(SignalId.of(agent, message, envelope, wait.ordinal())
                                .text()),
                open.className(),
                Micros.instant(awaited.since()),
                Instant.ofEpochMilli(open.until()));
    }

    @Override
    public Answer answer(Tenant tenant, String signal, Body answer) {
        if (answer.size() > Answers.MOST_BYTES) {
            return refused(
                    Refusal.Kind.INVALID,
                    "answer.too.large",
                    signal,
                    "the answer has " + answer.size() + " bytes (expected: at most " + Answers.MOST_BYTES
                            + "). Send a reference to the data.");
        }
        var id = SignalId.of(signal);
        var name = id.flatMap(parsed -> whose(tenant, parsed));
        if (name.isEmpty()) {
            return unknown(signal);
        }
        var unfit = unfit(name.get(), id.get(), signal, answer);
        if (unfit.isPresent()) {
            return unfit.get();
        }
        try {
            return core.<Answer>ask(
                            tenant,
                            (into, told) -> into.answer(told, decide(name.get(), id.get(), signal, answer, into)))
                    .join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof StoreException store) {
                return new Answer.Refused(Refusals.store("Refused the answer to the signal " + signal, store));
            }
            throw failed;
        }
    }

    /** The agent whose signal it is; empty when there is no such message any more, or the id was guessed. */
    private Optional<AgentName> whose(Tenant tenant, SignalId id) {
        return shelf.message(id.agent(), id.message())
                .filter(envelope -> Identity.signal(id.agent(), envelope, id.ordinal()) == id.secret())
                .flatMap(_ -> shelf.agent(id.agent()))
                .map(AgentRecord::name)
                .filter(name -> name.tenant().equals(tenant));
    }

    /** What is wrong with an answer for the version that serves now; nothing when none does. */
    private Optional<Answer> unfit(AgentName of, SignalId id, String signal, Body answer) {
        var open = steps.recorded(id.message(), id.ordinal()).flatMap(StepRecord::open);
        var leased = open.flatMap(_ -> types.of(of.address().type()).lease());
        if (leased.isEmpty()) {
            return Optional.empty();
        }
        try {
            return unfit(leased.get(), open.get().className(), signal, answer);
        } finally {
            leased.get().leases().release();
        }
    }

    private static Optional<Answer> unfit(AgentVersion version, String className, String signal, Body answer) {
        return version.resolve(className)
                .map(type -> version.codec().decode(answer, type))
                .filter(Decoded.Unfit.class::isInstance)
                .map(Decoded.Unfit.class::cast)
                .map(unfit -> new Answer.Refused(Refusal.invalid(
                        "body.invalid",
                        "Refused the answer to the signal " + signal + ": it does not fit " + className + ". "
                                + unfit.violations().getFirst() + ". Correct it; the signal stays open.",
                        unfit.violations())));
    }

    private Answer decide(AgentName of, SignalId id, String signal, Body answer, Transaction into) {
        var step = steps.current(id.message(), id.ordinal());
        var outcome = step.map(StepRecord::outcome);
        return switch (outcome.orElse(null)) {
            case null -> unknown(signal);
            case StepRecord.Outcome.Open open
            when open.asked() == null ->
                answers.end(
                                of,
                                id.agent(),
                                id.message(),
                                id.ordinal(),
                                signalled -> signalled.asked() == null,
                                new StepRecord.Outcome.Answer(answer),
                                into)
                        ? new Answer.Taken(false)
                        : unknown(signal);
            case StepRecord.Outcome.Answer(var known) when known.equals(answer) -> new Answer.Taken(true);
            case StepRecord.Outcome.Answer _ ->
                refused(
                        Refusal.Kind.CONFLICT,
                        "signal.answered",
                        signal,
                        "it was answered before, with something else (expected: one answer). What was answered stands.");
            case StepRecord.Outcome.Failure _, StepRecord.Outcome.Anew _ ->
                refused(
                        Refusal.Kind.CONFLICT,
                        "signal.closed",
                        signal,
                        "nobody had answered it in time, and its turn waits for it no longer.");
            case StepRecord.Outcome.Open _,
                    StepRecord.Outcome.Nothing _,
                    StepRecord.Outcome.Result _,
                    StepRecord.Outcome.Beside _ -> unknown(signal);
        };
    }

    private static Answer unknown(String signal) {
        return refused(
                Refusal.Kind.UNKNOWN,
                "signal.unknown",
                signal,
                "no turn has it open (expected: the id of a signal whose turn has not ended). Its turn may have ended, or been"
                        + " cancelled or given up, or the id is not right.");
    }

    private static Answer refused(Refusal.Kind kind, String code, String signal, String why) {
        return new Answer.Refused(Refusal.of(kind, code, "Refused the answer to the signal " + signal + ": " + why));
    }
}
