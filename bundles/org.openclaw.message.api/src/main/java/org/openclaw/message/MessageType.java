package org.openclaw.message;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the CloudEvents type of a message record, where it shall not be {@code <agent type>.<record name>}: for records
 * that are sent to an agent of another bundle, and for names that must outlive a rename.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface MessageType {
    /** The CloudEvents type. */
    String value();
}
