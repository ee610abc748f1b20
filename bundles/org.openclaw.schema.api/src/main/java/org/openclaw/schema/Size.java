package org.openclaw.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How many elements or entries a component has: {@code minItems} and {@code maxItems} of a {@code List} or {@code Set},
 * {@code minProperties} and {@code maxProperties} of a {@code Map}, and of an {@code Optional} of these.
 *
 * <p>The annotation processor reads it, and bodies are checked against the schema at the door; a record made in Java is not.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.RECORD_COMPONENT)
public @interface Size {
    /** The least number of them. */
    int min() default 0;

    /** The greatest number of them; none unless said. */
    int max() default Integer.MAX_VALUE;
}
