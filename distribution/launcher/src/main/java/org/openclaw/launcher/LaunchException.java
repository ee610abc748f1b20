package org.openclaw.launcher;

import java.io.Serial;
import java.nio.file.Path;
import org.openclaw.deploy.Verdict;

/**
 * The container cannot start, for a reason that its operator can do something about. The message is one paragraph: what
 * happened, to whom, what was expected, what to do.
 */
public final class LaunchException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String code;

    private LaunchException(String code, String message) {
        super(message);
        this.code = code;
    }

    /** A stable code such as {@code port.taken}. */
    public String code() {
        return code;
    }

    static LaunchException inUse(Path data, String holder) {
        return new LaunchException(
                "data.in-use",
                "%s is in use by %s (expected: one container for each home). Stop that one with 'claw stop', or start this one with another '--home DIR'."
                        .formatted(data, holder));
    }

    static LaunchException portTaken(String host, int port) {
        return new LaunchException(
                "port.taken",
                "Port %d of %s is taken by another process (expected: a free one). Set another with 'claw run --port N', or as 'org.osgi.service.http.port' of 'org.apache.felix.http' in conf/*.json."
                        .formatted(port, host));
    }

    static LaunchException badHost(String host, String found) {
        return new LaunchException(
                "host.invalid",
                "Cannot listen on '%s': %s (expected: an address of this machine). Set 'org.apache.felix.http.host' of 'org.apache.felix.http' in conf/*.json."
                        .formatted(host, found));
    }

    static LaunchException setting(Path file, String found, String expected) {
        return new LaunchException(
                "setting.invalid",
                "%s: %s (expected: %s). Correct it and start again.".formatted(file, found, expected));
    }

    static LaunchException noFeature(String name, String available) {
        return new LaunchException(
                "feature.missing",
                "There is no feature '%s' (expected: of %s). Correct 'features' in conf/openclaw.json."
                        .formatted(name, available));
    }

    static LaunchException incomplete(Path folder, String missing) {
        return new LaunchException(
                "installation.incomplete",
                "The installation %s lacks %s. Unpack the distribution again.".formatted(folder, missing));
    }

    static LaunchException changed(Verdict.Refused wrong) {
        return new LaunchException(wrong.code(), wrong.text());
    }

    static LaunchException folder(Path folder, String found, String cure) {
        return new LaunchException("folder.unusable", "Cannot use %s: %s. %s".formatted(folder, found, cure));
    }

    static LaunchException token(Path given, String found) {
        return new LaunchException(
                "token.unusable",
                "Cannot take the administrator's token from %s: %s. Correct 'claw run --admin-token-file' (or CLAW_ADMIN_TOKEN_FILE), or let this user read the file; without it the first start makes a token."
                        .formatted(given, found));
    }

    static LaunchException framework(String found) {
        return new LaunchException(
                "framework.failed",
                "The framework did not start: %s. The log has the details (logs/openclaw.log).".formatted(found));
    }
}
