package org.openclaw.telemetry;

import java.time.Instant;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Something that has happened on this node. Open: whoever has more to say than a {@link Notice} brings a record of its own.
 * Immutable, and free of the contents of messages and states.
 */
@ConsumerType
public interface RuntimeEvent {
    /** When it happened. */
    Instant at();

    /** What kind of event it is, such as {@code bundle.serving}: stable, lower-case words with dots between them. */
    String kind();

    /** Whom or what it is about: a file name, an agent type, an address. */
    String subject();

    /** How much it matters. */
    Severity severity();

    /** What happened, in one sentence for people. */
    String text();
}
