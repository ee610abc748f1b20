package org.openclaw.example.triage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openclaw.agent.Agent;
import org.openclaw.agent.AgentType;
import org.openclaw.agent.Turn;
import org.openclaw.message.Address;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * On call for every service: {@code triage/inbox} takes Alertmanager's webhooks and hands each alert to the agent of
 * its service; {@code triage/<service>} keeps the incident, escalates it while nobody answers, and closes it.
 */
@Component
@AgentType("triage")
@Designate(ocd = TriageAgent.Settings.class)
public final class TriageAgent implements Agent<Triage, Desk> {
    private static final Logger LOG = LoggerFactory.getLogger(TriageAgent.class);
    private static final String PAGE = "triage-page";
    /** So many incidents of a service may follow each other while the pages of the first still wait. */
    private static final int PAGES = 8;

    private static final int MAX_KEY = 200;
    private static final String UNASSIGNED = "unassigned";

    private final Duration patience;
    private final int levels;

    @Activate
    public TriageAgent(Settings settings) {
        this(Duration.ofMinutes(settings.escalateAfterMinutes()), settings.levels());
    }

    TriageAgent(Duration patience, int levels) {
        if (!patience.isPositive() || levels < 1) {
            throw new IllegalArgumentException(
                    "escalation after %s in %d levels (expected: at least 1 minute and 1 level)"
                            .formatted(patience, levels));
        }
        this.patience = patience;
        this.levels = levels;
    }

    @Override
    public Desk initial(Address self) {
        return Desk.EMPTY;
    }

    @Override
    public Desk handle(Triage message, Desk desk, Turn turn) {
        return switch (message) {
            case Triage.Webhook webhook -> distribute(webhook, desk, turn);
            case Triage.Alerts alerts -> watch(desk, desk.with(alerts.alerts(), turn.now()), turn);
            case Triage.Acknowledge acknowledge -> {
                Desk answered = desk.acknowledged(acknowledge.by());
                turn.reply(answered.situation());
                yield answered;
            }
            case Triage.Acknowledged(int incident, int level, var by) ->
                desk.awaits(incident, level) ? desk.acknowledged(by) : desk;
            case Triage.Unanswered(int incident, int level) -> escalate(incident, level, desk, turn);
            case Triage.Status _ -> {
                turn.reply(desk.situation());
                yield desk;
            }
            case Triage.Overview _ -> {
                turn.reply(desk.intake());
                yield desk;
            }
        };
    }

    private static Desk distribute(Triage.Webhook webhook, Desk desk, Turn turn) {
        if (!webhook.version().equals("4")) {
            throw new IllegalArgumentException(
                    ("Alertmanager webhook in format version '%s' (expected: '4'). Point an Alertmanager that sends"
                                    + " version 4 at this agent.")
                            .formatted(webhook.version()));
        }
        var byService = new LinkedHashMap<Address, List<Triage.Alert>>();
        for (Triage.Alert alert : webhook.alerts()) {
            byService
                    .computeIfAbsent(responsible(alert, turn.self()), _ -> new ArrayList<>())
                    .add(alert);
        }
        var filed = new LinkedHashMap<String, Integer>();
        byService.forEach((service, alerts) -> {
            turn.send(service, new Triage.Alerts(alerts));
            filed.put(service.key(), alerts.size());
        });
        turn.reply(new Filed(filed, webhook.truncatedAlerts()));
        return desk.received(filed, webhook.truncatedAlerts(), turn.now());
    }

    private static Address responsible(Triage.Alert alert, Address self) {
        Map<String, String> labels = alert.labels();
        try {
            return Address.of(self.type(), labels.getOrDefault("service", UNASSIGNED));
        } catch (IllegalArgumentException _) {
            return Address.of(self.type(), UNASSIGNED); // a label may hold what no address can
        }
    }

    private Desk watch(Desk before, Desk after, Turn turn) {
        if (before.incident().isEmpty()) {
            after.incident().ifPresent(opened -> call(opened.number(), opened.level(), after, turn));
        }
        turn.reply(after.situation());
        return after;
    }

    private Desk escalate(int incident, int level, Desk desk, Turn turn) {
        if (!desk.awaits(incident, level) || level >= levels) {
            return desk; // acknowledged or resolved meanwhile, or nobody is left to call
        }
        LOG.warn("{}: nobody acknowledges incident {}; it goes to level {}", turn.self(), incident, level + 1);
        call(incident, level + 1, desk, turn);
        return desk.escalated(level + 1);
    }

    /** Who calls somebody is suspended until they answer, so it is another agent: this one goes on with alerts. */
    private void call(int incident, int level, Desk desk, Turn turn) {
        var service = turn.self().key();
        var page = "%d.%d.%s".formatted(incident % PAGES, level, service);
        turn.request(
                Address.of(PAGE, page.substring(0, Math.min(page.length(), MAX_KEY))),
                new Page.Call(service, incident, level, desk.summary(), patience.toSeconds()));
    }

    /** How the on-call agents escalate. */
    @ObjectClassDefinition(name = "Triage: on-call agents", description = "How incidents escalate.")
    public @interface Settings {
        /** The patience of each level, in minutes. */
        @AttributeDefinition(
                name = "Escalate after (minutes)",
                description = "So long may an incident stay unacknowledged before it goes to the next level.",
                min = "1",
                max = "1440")
        int escalateAfterMinutes() default 15;

        /** The number of levels. */
        @AttributeDefinition(
                name = "Levels",
                description = "An incident opens at level 1 and escalates up to this one.",
                min = "1",
                max = "10")
        int levels() default 3;
    }
}
