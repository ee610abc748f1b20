package org.openclaw.example.triage;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What has come in: the answer to {@link Triage.Overview}.
 *
 * @param webhooks the number of webhooks
 * @param alerts the number of alerts in them, repetitions included
 * @param truncated the number of alerts that Alertmanager left out
 * @param byService the number of alerts of each service, for the first 500 services
 * @param lastAt when the last webhook came
 */
public record Intake(
        long webhooks, long alerts, long truncated, Map<String, Long> byService, Optional<Instant> lastAt) {
    static final Intake NONE = new Intake(0, 0, 0, Map.of(), Optional.empty());

    private static final int MAX_SERVICES = 500;

    Intake plus(Map<String, Integer> filed, int moreTruncated, Instant now) {
        var counts = new TreeMap<>(byService);
        long more = 0;
        for (Map.Entry<String, Integer> service : filed.entrySet()) {
            more += service.getValue();
            if (counts.containsKey(service.getKey()) || counts.size() < MAX_SERVICES) {
                counts.merge(service.getKey(), (long) service.getValue(), Long::sum);
            }
        }
        return new Intake(webhooks + 1, alerts + more, truncated + moreTruncated, counts, Optional.of(now));
    }
}
