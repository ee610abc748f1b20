/**
 * The on-call agent: takes the webhooks of Prometheus Alertmanager and keeps one incident per service.
 *
 * <p>Start at {@link org.openclaw.example.triage.TriageAgent}. Its messages are
 * {@link org.openclaw.example.triage.Triage}; what it remembers is {@link org.openclaw.example.triage.Desk}; the rule
 * that makes repeated and late webhooks harmless is in {@link org.openclaw.example.triage.Episode}.
 */
@NullMarked
package org.openclaw.example.triage;

import org.jspecify.annotations.NullMarked;
