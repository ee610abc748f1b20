package org.openclaw.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On the class of an agent type: which versions of the type have to understand each other's messages and states. A bundle whose
 * schemas break what this says is refused when it arrives, and the version that is there goes on. Without this annotation its defaults
 * hold.
 *
 * <p>The annotation processor writes it into the type's descriptor. What counts is the arriving version's, which its publisher has
 * signed: a version that is meant to break says so itself.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface SchemaCompatibility {
    /** Of messages. What waits in inboxes was written for the older version, and its senders may be older or newer. */
    Compatibility messages() default Compatibility.FULL;

    /** Of the state, which the newer version reads as the older one has left it. */
    Compatibility state() default Compatibility.BACKWARD;
}
