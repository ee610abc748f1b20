package org.openclaw.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How long the text of a component is: {@code minLength} and {@code maxLength} of its schema. For a {@code String} and an
 * {@code Optional<String>}.
 *
 * <p>Counted in Unicode code points. The annotation processor reads it, and bodies are checked against the schema at the door; a record
 * made in Java is not.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.RECORD_COMPONENT)
public @interface Length {
    /** The least length. */
    int min() default 0;

    /** The greatest length; none unless said. */
    int max() default Integer.MAX_VALUE;
}
