package org.openclaw.agent.runtime.capability;

import java.util.Optional;
import org.openclaw.agent.runtime.type.Leases;
import org.openclaw.agent.runtime.type.Precedence;
import org.openclaw.capability.CapabilityView;

/**
 * A service that provides a capability, until its bundle takes it away. No record: it must never ask the service whether it
 * equals another.
 */
public final class Provider {
    private final Object service;
    private final Precedence precedence;
    private final String bundle;
    private final Optional<String> name;
    private final Optional<String> version;
    private final Leases leases = new Leases();

    /** @param bundle the symbolic name of its bundle */
    public Provider(Object service, Precedence precedence, String bundle) {
        this.service = service;
        this.precedence = precedence;
        this.bundle = bundle;
        // made once: every call records them
        this.name = Optional.of(bundle);
        this.version = Optional.of(precedence.version());
    }

    Object service() {
        return service;
    }

    Precedence precedence() {
        return precedence;
    }

    Optional<String> name() {
        return name;
    }

    Optional<String> version() {
        return version;
    }

    /** The calls that are in it. */
    public Leases leases() {
        return leases;
    }

    CapabilityView.Provider view() {
        return new CapabilityView.Provider(bundle, precedence.version());
    }

    /** The bundle and its version. */
    @Override
    public String toString() {
        return bundle + " " + precedence.version();
    }
}
