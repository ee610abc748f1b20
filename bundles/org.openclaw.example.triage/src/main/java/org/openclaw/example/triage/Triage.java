package org.openclaw.example.triage;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.openclaw.agent.Query;
import org.openclaw.message.MessageType;

/** What the on-call agent understands. */
public sealed interface Triage {
    /**
     * What Prometheus Alertmanager sends to a webhook receiver, in format version 4. Send it to {@code triage/inbox}.
     *
     * @param version the version of the format: "4"
     * @param groupKey identifies the group of alerts
     * @param truncatedAlerts how many alerts Alertmanager left out because of its own limit
     * @param status firing while any alert of the group fires
     * @param receiver the receiver in Alertmanager's configuration
     * @param groupLabels the labels by which the alerts are grouped
     * @param commonLabels the labels that all alerts share
     * @param commonAnnotations the annotations that all alerts share
     * @param externalURL where Alertmanager can be reached
     * @param alerts the alerts
     */
    record Webhook(
            String version,
            String groupKey,
            int truncatedAlerts,
            AlertStatus status,
            String receiver,
            Map<String, String> groupLabels,
            Map<String, String> commonLabels,
            Map<String, String> commonAnnotations,
            String externalURL,
            List<Alert> alerts)
            implements Triage {}

    /**
     * One alert of a webhook.
     *
     * @param status whether it fires or has been resolved
     * @param labels identify the alert; the label "service" says who gets it
     * @param annotations describe the alert to people
     * @param startsAt when it began to fire
     * @param endsAt when it was resolved; 0001-01-01T00:00:00Z while it fires
     * @param generatorURL what made the alert
     * @param fingerprint identifies its set of labels
     */
    record Alert(
            AlertStatus status,
            Map<String, String> labels,
            Map<String, String> annotations,
            Instant startsAt,
            Instant endsAt,
            String generatorURL,
            String fingerprint) {
        public Alert {
            if (fingerprint.isEmpty() || fingerprint.length() > 64) {
                throw new IllegalArgumentException(
                        "fingerprint: %d characters (expected: 1 to 64)".formatted(fingerprint.length()));
            }
        }
    }

    /** The state of an alert, as Alertmanager spells it. */
    enum AlertStatus {
        firing,
        resolved
    }

    /**
     * Alerts of one service, sent by the inbox to the agent of that service.
     *
     * @param alerts the alerts, in the order of the webhook
     */
    record Alerts(List<Alert> alerts) implements Triage {}

    /**
     * Somebody looks after the open incident: it does not escalate any more.
     *
     * @param by who, for people
     */
    record Acknowledge(String by) implements Triage {
        public Acknowledge {
            requireName(by);
        }
    }

    /** What a name of a person has to keep. */
    static void requireName(String by) {
        if (by.isBlank() || by.length() > 100) {
            throw new IllegalArgumentException(
                    "by: a name of %d characters (expected: 1 to 100, not blank)".formatted(by.length()));
        }
    }

    /**
     * A person has acknowledged a page.
     *
     * @param incident the number of the incident
     * @param level the level at which somebody was called
     * @param by who, for people
     */
    @MessageType("triage-page.Acknowledged")
    record Acknowledged(int incident, int level, String by) implements Triage {}

    /**
     * Nobody has acknowledged a page in time.
     *
     * @param incident the number of the incident
     * @param level the level at which somebody was called
     */
    @MessageType("triage-page.Unanswered")
    record Unanswered(int incident, int level) implements Triage {}

    /** How is the service? */
    record Status() implements Triage, Query<Situation> {}

    /** What has come in? */
    record Overview() implements Triage, Query<Intake> {}
}
