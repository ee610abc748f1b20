package org.openclaw.capability;

import org.openclaw.message.Body;
import org.openclaw.schema.Schema;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A capability in a form that models can use too: JSON in, JSON out, and a description of both. Code that knows what it
 * calls may use a typed service interface of its own instead.
 */
@ConsumerType
public interface Tool {
    /** What the tool does, in a sentence or two. */
    String description();

    /** The schema of the arguments. */
    Schema arguments();

    /**
     * Does it. May block; called from many threads at the same time.
     *
     * @param arguments JSON that fits {@link #arguments()}
     * @return JSON
     * @throws Exception the tool failed
     */
    Body call(Body arguments) throws Exception;
}
