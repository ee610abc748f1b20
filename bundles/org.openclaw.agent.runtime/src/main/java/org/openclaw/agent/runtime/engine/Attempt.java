package org.openclaw.agent.runtime.engine;

/**
 * A turn that failed.
 *
 * @param at when, in microseconds since 1970
 * @param version the version of the type that ran it
 * @param code a stable code
 * @param cause what happened, for people
 */
record Attempt(long at, String version, String code, String cause) {}
