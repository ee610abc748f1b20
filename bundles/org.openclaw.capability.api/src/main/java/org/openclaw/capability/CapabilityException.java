package org.openclaw.capability;

/** A call through a facade could not reach a provider. What a provider itself throws comes through unchanged. */
public final class CapabilityException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    private CapabilityException(String code, String text) {
        super(text);
        this.code = code;
    }

    /** No provider of this capability is installed now; trying again helps once one is. */
    public static CapabilityException unavailable(String capability) {
        return new CapabilityException(
                "capability.unavailable",
                "No provider of the capability '" + capability
                        + "' is running (expected: a bundle whose component carries" + " @ProvidesCapability(\""
                        + capability + "\")). Deploy one; calls go through from then on.");
    }

    /** A stable code. */
    public String code() {
        return code;
    }
}
