package org.openclaw.agent;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Makes an {@link Agent} component an agent type. The name becomes the service property {@code agent.type}; the version of
 * the type is the version of its bundle. The annotation processor derives the schemas of its messages and state, and the
 * bundle's capability in the namespace {@code org.openclaw.agent}, from the class that carries it.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface AgentType {
    /** The name: a lower-case letter, then up to 62 lower-case letters, digits, dots and hyphens. */
    String value();
}
