package org.openclaw.launcher;

import java.io.Serial;
import java.nio.file.Path;
import java.util.Collection;
import org.openclaw.deploy.Verdict;

/**
 * The container cannot start, for a reason that its operator can do something about. The message is one paragraph: what
 * happened, to whom, what was expected, what to do.
 */
public final class LaunchException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String found;
    private final String cure;

    private LaunchException(String code, String found, String cure) {
        super(found + " " + cure);
        this.code = code;
        this.found = found;
        this.cure = cure;
    }

    /** A stable code such as {@code port.taken}. */
    public String code() {
        return code;
    }

    /** The first part of the message: what happened, to whom, what was expected. */
    public String found() {
        return found;
    }

    /** The last part of the message: what to do. */
    public String cure() {
        return cure;
    }

    static LaunchException inUse(Path data, String holder) {
        return new LaunchException(
                "data.in-use",
                "%s is in use by %s (expected: one container for each home).".formatted(data, holder),
                "Stop that one with 'claw stop', or start this one with another '--home DIR'.");
    }

    static LaunchException dataNewer(Path data, int version, int known) {
        return new LaunchException(
                "data.newer",
                "%s was written by a newer release: version %d (expected: at most %d).".formatted(data, version, known),
                "Run that release, or name another home with '--home DIR'.");
    }

    static LaunchException dataUnknown(Path file, String text) {
        return new LaunchException(
                "data.unknown",
                "%s holds '%s' (expected: the version of the data, such as 1).".formatted(file, printable(text)),
                "Restore it from a backup; delete it only if no newer release has run here.");
    }

    static LaunchException portTaken(String host, int port) {
        return new LaunchException(
                "port.taken",
                "Port %d of %s is taken by another process (expected: a free one).".formatted(port, host),
                "Set another with 'claw run --port N', or as 'org.osgi.service.http.port' of 'org.apache.felix.http' in conf/*.json.");
    }

    static LaunchException portForbidden(String host, int port) {
        return new LaunchException(
                "port.forbidden",
                "This user may not listen on port %d of %s (expected: 1024 or above).".formatted(port, host),
                "Set another with 'claw run --port N', or as 'org.osgi.service.http.port' of 'org.apache.felix.http' in conf/*.json.");
    }

    static LaunchException badHost(String host, String found) {
        return new LaunchException(
                "host.invalid",
                "Cannot listen on '%s': %s (expected: an address of this machine).".formatted(host, found),
                "Set 'org.apache.felix.http.host' of 'org.apache.felix.http' in conf/*.json.");
    }

    static LaunchException setting(Path file, String found, String expected) {
        return new LaunchException(
                "setting.invalid",
                "%s: %s (expected: %s).".formatted(file, found, expected),
                "Correct it and start again.");
    }

    static LaunchException unknownSetting(Path file, String name, Collection<String> known) {
        return new LaunchException(
                "setting.unknown",
                "%s: unknown setting '%s' (expected: one of %s).%s"
                        .formatted(file, name, String.join(", ", known), Suggestion.sentence(name, known)),
                "Correct it and start again.");
    }

    static LaunchException noFeature(String name, Collection<String> available) {
        return new LaunchException(
                "feature.missing",
                "There is no feature '%s' (expected: of %s).%s"
                        .formatted(name, String.join(", ", available), Suggestion.sentence(name, available)),
                "Correct 'features' in conf/openclaw.json.");
    }

    static LaunchException incomplete(Path folder, String missing) {
        return new LaunchException(
                "installation.incomplete",
                "The installation %s lacks %s.".formatted(folder, missing),
                "Unpack the distribution again.");
    }

    static LaunchException changed(Verdict.Refused wrong) {
        var expected = wrong.expected().isEmpty() ? "" : " (expected: " + wrong.expected() + ")";
        return new LaunchException(
                wrong.code(),
                "Refused %s: %s%s.".formatted(wrong.subject(), wrong.reason(), expected),
                "%s [%s]".formatted(wrong.cure(), wrong.code()));
    }

    static LaunchException folder(Path folder, String found, String cure) {
        return new LaunchException("folder.unusable", "Cannot use %s: %s.".formatted(folder, found), cure);
    }

    static LaunchException storeThere(Path store) {
        return new LaunchException(
                "restore.refused",
                "%s is not empty (expected: a home without a store, since what is in it would not be seen any more)."
                        .formatted(store),
                "Start with '--replace-data' as well: it moves that to data/trash. Or leave out '--from'.");
    }

    static LaunchException noCheckpoint(String given, Path checkpoints) {
        return new LaunchException(
                "checkpoint.unknown",
                "'%s' is no checkpoint (expected: a name in %s, or the folder of one).".formatted(given, checkpoints),
                "Look with 'claw checkpoint list', or into that folder.");
    }

    static LaunchException token(Path given, String found) {
        return new LaunchException(
                "token.unusable",
                "Cannot take the administrator's token from %s: %s.".formatted(given, found),
                "Correct 'claw run --admin-token-file' (or CLAW_ADMIN_TOKEN_FILE), or let this user read the file; without it the first start makes a token.");
    }

    static LaunchException framework(String found) {
        return new LaunchException(
                "framework.failed",
                "The framework did not start: %s.".formatted(found),
                "The log has the details (logs/openclaw.log).");
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
