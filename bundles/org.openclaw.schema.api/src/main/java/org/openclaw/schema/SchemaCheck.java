package org.openclaw.schema;

import java.io.InputStream;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One schema, made ready for checking: for whoever has many bodies of it, such as a version of an agent type. Thread-safe, and
 * needs no closing.
 *
 * <p>A check takes time in proportion to the body, whatever the body and the schema are: too much nesting, too long a number or a
 * text on which a pattern would run on is a violation. How long a body may be is for its door to say.
 */
@ProviderType
public interface SchemaCheck {
    /** At most so many violations are listed. */
    int LISTED = 20;

    /** What bodies are checked against. */
    Schema schema();

    /**
     * Everything in which a body does not fit; empty when it does. In the order of the schema, the first {@value #LISTED}; where
     * there are more, a last violation without a pointer says how many. No value from the body is in them, but names of
     * properties are.
     *
     * @param json JSON in UTF-8
     */
    List<Violation> check(byte[] json);

    /**
     * The same, read from a stream, which is read to its end and not closed.
     *
     * @throws java.io.UncheckedIOException when the stream cannot be read
     */
    List<Violation> check(InputStream json);
}
