package org.openclaw.bench.engine;

/** What each agent remembers: about 200 bytes as JSON. */
public record Count(long count, String padding) {}
