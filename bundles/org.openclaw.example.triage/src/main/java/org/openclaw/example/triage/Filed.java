package org.openclaw.example.triage;

import java.util.Map;

/**
 * What the inbox did with a webhook: its reply.
 *
 * @param alerts how many alerts went to which service
 * @param truncated how many alerts Alertmanager had left out
 */
public record Filed(Map<String, Integer> alerts, int truncated) {}
