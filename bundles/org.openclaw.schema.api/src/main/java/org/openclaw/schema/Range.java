package org.openclaw.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The least and the greatest number of a component, both included: {@code minimum} and {@code maximum} of its schema. For whole
 * numbers, {@code float}, {@code double}, {@code BigDecimal}, their boxes, and an {@code Optional} of these.
 *
 * <p>The annotation processor reads it, and bodies are checked against the schema at the door; a record made in Java is not. Bounds of
 * whole numbers are whole and at most 2<sup>53</sup> away from zero, so that nothing of them is lost.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.RECORD_COMPONENT)
public @interface Range {
    /** The least number; none unless said. */
    double min() default Double.NEGATIVE_INFINITY;

    /** The greatest number; none unless said. */
    double max() default Double.POSITIVE_INFINITY;
}
