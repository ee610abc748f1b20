package org.openclaw.agent.runtime.capability;

import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.openclaw.capability.CapabilityView;
import org.openclaw.telemetry.RuntimeEvent;

/**
 * What the facades need of the world.
 *
 * @param clock what time it is
 * @param nanos measures how long something takes
 * @param events takes what an operator should know
 * @param callers whose turns and queries are under way, by their threads; asked for only when somebody looks
 */
public record Instruments(
        InstantSource clock,
        LongSupplier nanos,
        Consumer<RuntimeEvent> events,
        Supplier<Map<Thread, CapabilityView.Caller>> callers) {}
