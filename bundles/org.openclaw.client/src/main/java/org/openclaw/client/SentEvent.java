package org.openclaw.client;

/**
 * A server-sent event.
 *
 * @param id behind what a later stream goes on; empty text for nowhere
 * @param name what kind it is; {@code message} unless it says so
 */
record SentEvent(String id, String name, String data) {}
