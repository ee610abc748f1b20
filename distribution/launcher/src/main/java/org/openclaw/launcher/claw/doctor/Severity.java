package org.openclaw.launcher.claw.doctor;

import java.util.Locale;

/** How bad a finding is, the worst first. */
public enum Severity {
    /** Something does not work. */
    ERROR,
    /** Something will not work, or is open to somebody whom it should not be open to. */
    WARNING,
    /** Nothing is wrong, but the operator may want to know. */
    HINT;

    /** As it is written in JSON; what is not known is taken for a warning. */
    static Severity of(String word) {
        return switch (word) {
            case "error" -> ERROR;
            case "hint", "info" -> HINT;
            default -> WARNING;
        };
    }

    /** Such as {@code error}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
