package org.openclaw.gateway.http;

/** Answers one method of one resource. Thread-safe. */
@FunctionalInterface
interface Handler {
    Answer handle(Call call) throws Rejection;
}
