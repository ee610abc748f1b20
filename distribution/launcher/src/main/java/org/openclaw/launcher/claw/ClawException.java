package org.openclaw.launcher.claw;

import java.io.Serial;
import java.util.Map;
import picocli.CommandLine.ExitCode;

/** Ends a verb: its message is what the user reads, its exit code what a script sees. */
public final class ClawException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String code;
    private final int exitCode;

    private ClawException(String code, String message, int exitCode) {
        super(message);
        this.code = code;
        this.exitCode = exitCode;
    }

    /**
     * It was asked for rightly and cannot be: exit code 1.
     *
     * @param code a stable code such as {@code port.taken}
     * @param message what happened, to whom, what was expected, what to do
     */
    public static ClawException refused(String code, String message) {
        return new ClawException(code, message, ExitCode.SOFTWARE);
    }

    /** It was asked for wrongly: exit code 2. */
    public static ClawException misused(String message) {
        return new ClawException("misused", message, ExitCode.USAGE);
    }

    /** The same with more behind it. */
    ClawException with(String sentence) {
        return new ClawException(code, getMessage() + sentence, exitCode);
    }

    public String code() {
        return code;
    }

    public int exitCode() {
        return exitCode;
    }

    /** The shape that {@code --json} prints. */
    Map<String, String> problem() {
        return Map.of("code", code, "detail", String.valueOf(getMessage()));
    }
}
