package org.openclaw.capability;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Makes a Declarative Services component the provider of a capability. The name becomes the service property
 * {@code provides.capability}. Of several providers of one name, the one with the highest bundle version serves.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface ProvidesCapability {
    /** The name, such as {@code stock.reserve}; agents ask for {@code (capability.name=stock.reserve)}. */
    String value();
}
