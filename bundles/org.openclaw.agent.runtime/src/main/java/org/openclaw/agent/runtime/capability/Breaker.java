package org.openclaw.agent.runtime.capability;

import dev.failsafe.CircuitBreaker;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.openclaw.capability.CapabilityException;
import org.openclaw.capability.CapabilityLimits;
import org.openclaw.capability.CapabilityView.Circuit;

/** Leaves a capability alone that fails too often, and tries it again after a while, one call at a time. Thread-safe. */
final class Breaker {
    private static final Circuit CLOSED = new Circuit.Closed();

    private final String capability;
    private final InstantSource clock;
    private final Optional<CircuitBreaker<Object>> circuit;
    private volatile Instant since = Instant.EPOCH;
    private volatile String cause = "";

    /**
     * @param opened is told how it failed the last time, when the circuit opens that was closed
     * @param closed is told when it is called again
     */
    Breaker(String capability, CapabilityLimits limits, InstantSource clock, Consumer<String> opened, Runnable closed) {
        this.capability = capability;
        this.clock = clock;
        circuit = limits.failures() == 0
                ? Optional.empty()
                : Optional.of(CircuitBreaker.builder()
                        .withFailureThreshold(limits.failures(), limits.calls())
                        .withSuccessThreshold(1)
                        .withDelay(limits.open())
                        .onOpen(event -> {
                            if (event.getPreviousState() == CircuitBreaker.State.CLOSED) {
                                opened.accept(cause);
                            }
                        })
                        .onClose(_ -> closed.run())
                        .build());
    }

    /** Why a call need not even wait for its turn. */
    Optional<CapabilityException> refusal() {
        return circuit.filter(Breaker::isShut).map(this::refusal);
    }

    /** The same, immediately before the provider is called; when empty, one of the following must be told how that ended. */
    Optional<CapabilityException> acquire() {
        return circuit.filter(found -> !found.tryAcquirePermit()).map(this::refusal);
    }

    /** Whether it is open, and not yet to be tried again. */
    private static boolean isShut(CircuitBreaker<?> circuit) {
        return circuit.isOpen() && circuit.getRemainingDelay().isPositive();
    }

    private CapabilityException refusal(CircuitBreaker<?> found) {
        return CapabilityException.open(
                capability, since, cause, clock.instant().plus(found.getRemainingDelay()));
    }

    /** The provider has done what it is for. */
    void succeeded() {
        circuit.ifPresent(CircuitBreaker::recordSuccess);
    }

    /** The provider has not. */
    void failed(String how) {
        circuit.ifPresent(found -> {
            cause = how;
            if (found.isClosed()) {
                since = clock.instant();
            }
            found.recordFailure();
        });
    }

    /** Nobody knows. The call that was to find out must not leave the circuit half-open for ever: it opens again. */
    void unknown() {
        circuit.filter(CircuitBreaker::isHalfOpen).ifPresent(CircuitBreaker::recordFailure);
    }

    Circuit view() {
        return circuit.filter(found -> !found.isClosed())
                .<Circuit>map(found -> isShut(found)
                        ? new Circuit.Open(since, cause, clock.instant().plus(found.getRemainingDelay()))
                        : new Circuit.HalfOpen(since, cause))
                .orElse(CLOSED);
    }
}
