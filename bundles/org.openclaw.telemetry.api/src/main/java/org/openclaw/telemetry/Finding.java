package org.openclaw.telemetry;

/**
 * Something about the present state of the node that an operator should do something about. It is there as long as its cause
 * is, and says the same wherever it is shown.
 *
 * @param id what kind of finding it is, such as {@code bundle.refused}: stable
 * @param severity {@link Severity#ERROR} where something does not work, {@link Severity#WARNING} where it soon may not
 * @param subject whom or what it is about: a file name, an agent type, a folder
 * @param text what is wrong, in one sentence
 * @param why why it matters
 * @param cure what to do, with the exact command where there is one
 */
public record Finding(String id, Severity severity, String subject, String text, String why, String cure) {}
