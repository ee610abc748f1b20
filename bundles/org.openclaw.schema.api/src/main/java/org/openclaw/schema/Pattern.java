package org.openclaw.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the whole text of a component looks like: {@code pattern} of its schema, anchored at both ends. For a {@code String} and an
 * {@code Optional<String>}.
 *
 * <p>A schema is read in many languages, so only what ECMA-262 and {@code java.util.regex} both have is accepted: characters,
 * {@code .}, classes such as {@code [^a-z_]} and <code>\d \w \s</code> with their opposites, <code>\b</code>, anchors, groups
 * {@code (...)} and {@code (?:...)}, lookahead, alternatives, and the quantifiers {@code * + ?} and {@code {n,m}} with their lazy
 * forms; not possessive quantifiers, back references, lookbehind, flags or intersections of classes. The annotation processor
 * reads it, and bodies are checked against the schema at the door; a record made in Java is not.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.RECORD_COMPONENT)
public @interface Pattern {
    /** The regular expression. */
    String value();
}
