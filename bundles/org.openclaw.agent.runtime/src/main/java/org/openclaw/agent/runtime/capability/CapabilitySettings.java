package org.openclaw.agent.runtime.capability;

import java.time.Duration;
import org.openclaw.capability.CapabilityLimits;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The limits of one capability, or of all others: one for each configuration. Nobody but this bundle finds the service.
 *
 * <p>A change is taken over in place: if the service went and came back, calls in between would have no limits. What cannot be
 * accepted is refused, with its reason in the log, and what held before goes on.
 */
@Component(
        service = CapabilitySettings.class,
        configurationPid = "org.openclaw.agent.runtime.capability",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = CapabilitySettings.Config.class, factory = true)
public final class CapabilitySettings {
    private volatile CapabilityLimits limits;

    /** The settings. Times are in milliseconds. */
    @ObjectClassDefinition(
            name = "OpenClaw capability",
            description = "Limits, time-outs, retries and circuit breaker of a capability")
    public @interface Config {
        @AttributeDefinition(
                name = "Name",
                description = "Of the capability, such as stock.reserve; * for all that have no limits of their own")
        String name();

        @AttributeDefinition(
                name = "Concurrent calls",
                description = "How many calls may be under way; more wait. 0: any number",
                min = "0",
                max = "1000000")
        int concurrent() default 0;

        @AttributeDefinition(
                name = "Calls per second",
                description = "How many calls may begin in a second; more wait. 0: any number",
                min = "0",
                max = "1000000")
        int per_second() default 0;

        @AttributeDefinition(
                name = "Queue",
                description = "How many calls may wait, for whatever reason; more are refused",
                min = "0",
                max = "1000000")
        int queue() default 1_000;

        @AttributeDefinition(
                name = "Wait, milliseconds",
                description =
                        "How long a call may wait, before each attempt: for room, or for a provider that is away. 0: it is refused at once",
                min = "0",
                max = "86400000")
        long wait_millis() default 10_000;

        @AttributeDefinition(
                name = "Time-out, milliseconds",
                description = "How long one attempt may take before it is interrupted. 0: as long as the turn",
                min = "0",
                max = "86400000")
        long timeout_millis() default 0;

        @AttributeDefinition(
                name = "Attempts",
                description =
                        "How often a call that fails is tried. 1: never again, which is right for whatever must not be done twice",
                min = "1",
                max = "10")
        int attempts() default 1;

        @AttributeDefinition(
                name = "First pause, milliseconds",
                description = "Between the first attempt and the second; doubled each time, up to a minute",
                min = "1",
                max = "30000")
        long retry_millis() default 200;

        @AttributeDefinition(
                name = "Breaker, failures",
                description = "So many failures among the latest calls, and it is not called for a while. 0: never",
                min = "0",
                max = "10000")
        int breaker_failures() default 0;

        @AttributeDefinition(
                name = "Breaker, calls",
                description = "How many of the latest calls are looked at",
                min = "1",
                max = "10000")
        int breaker_calls() default 20;

        @AttributeDefinition(
                name = "Breaker, milliseconds",
                description = "How long it is not called; then one call at a time tries it",
                min = "1",
                max = "86400000")
        long breaker_millis() default 10_000;
    }

    /** @throws IllegalArgumentException naming the capability and the setting that is out of its bounds */
    @Activate
    public CapabilitySettings(Config config) {
        limits = limits(config);
    }

    @Modified
    void modified(Config config) {
        limits = limits(config);
    }

    CapabilityLimits limits() {
        return limits;
    }

    static CapabilityLimits limits(Config config) {
        try {
            return new CapabilityLimits(
                    config.name(),
                    config.concurrent(),
                    config.per_second(),
                    config.queue(),
                    Duration.ofMillis(config.wait_millis()),
                    Duration.ofMillis(config.timeout_millis()),
                    config.attempts(),
                    Duration.ofMillis(config.retry_millis()),
                    config.breaker_failures(),
                    config.breaker_calls(),
                    Duration.ofMillis(config.breaker_millis()));
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException(
                    "Refused the limits of the capability '" + config.name() + "': " + refused.getMessage()
                            + " Correct its configuration org.openclaw.agent.runtime.capability; until then others hold.",
                    refused);
        }
    }
}
