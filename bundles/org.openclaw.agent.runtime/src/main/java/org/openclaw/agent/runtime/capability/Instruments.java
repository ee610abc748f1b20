package org.openclaw.agent.runtime.capability;

import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.openclaw.telemetry.RuntimeEvent;

/**
 * What the facades need of the world.
 *
 * @param clock what time it is
 * @param nanos measures how long something takes
 * @param events takes what an operator should know
 */
public record Instruments(InstantSource clock, LongSupplier nanos, Consumer<RuntimeEvent> events) {}
