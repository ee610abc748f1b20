package org.openclaw.telemetry;

/** How much it matters. */
public enum Severity {
    /** It is as it should be, and worth knowing. */
    INFO,
    /** Somebody should look. */
    WARNING,
    /** Something does not work. */
    ERROR
}
