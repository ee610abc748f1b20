package org.openclaw.example.triage;

import java.util.List;
import java.util.Optional;

/**
 * How a service is: the answer to {@link Triage.Status}.
 *
 * @param incident the open incident, with its level and since when
 * @param firing the alerts that fire now
 * @param history the incidents before, latest first
 * @param overflow how many firings found no room in the agent's memory
 */
public record Situation(Optional<Incident> incident, List<Episode> firing, List<Incident> history, long overflow) {}
