package org.openclaw.deploy.folder;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.openclaw.deploy.Artifact;
import org.openclaw.deploy.Verdict.Refused;
import org.openclaw.deploy.folder.FolderScan.Kind;
import org.openclaw.schema.SchemaBreak;
import org.openclaw.schema.TypeSchemas;

/** What the folder itself refuses, in the words of a verdict. */
final class Refusals {
    /** The folder has no place for it; tried again when a file goes. */
    static final String FULL = "folder.full";

    /** It breaks what is deployed; tried again when that goes. */
    static final String SCHEMAS = "schema.incompatible";

    private static final int NAMED_BREAKS = 5;
    private static final String ONLY_JARS = "a jar directly in deploy/";

    private Refusals() {}

    /** Why an entry of this kind is no bundle; empty for a jar. */
    static Optional<Refused> ofKind(String name, Kind kind) {
        return switch (kind) {
            case JAR -> Optional.empty();
            case SYMLINK ->
                Optional.of(file(
                        name,
                        "file.symlink",
                        "it is a symbolic link, so other bytes could lie behind it at any moment",
                        ONLY_JARS,
                        "Copy the file itself into deploy/."));
            case DIRECTORY ->
                Optional.of(file(
                        name,
                        "file.directory",
                        "it is a directory",
                        ONLY_JARS,
                        "Move its jars into deploy/ itself, and the directory away."));
            case SPECIAL ->
                Optional.of(file(
                        name,
                        "file.special",
                        "it is a pipe, a socket or a device",
                        ONLY_JARS,
                        "Remove it from deploy/."));
            case OTHER_NAME ->
                Optional.of(
                        file(
                                name,
                                "file.not-a-jar",
                                "its name does not end in .jar",
                                ONLY_JARS,
                                "Remove it from deploy/, or rename it if it is a bundle; a name that ends in .part or .tmp is left alone."));
            case BAD_NAME ->
                Optional.of(file(
                        plain(name),
                        "file.name",
                        "its name has control characters",
                        "a name that can be printed",
                        "Rename it."));
        };
    }

    static Refused tooMany(String name, int most) {
        return file(
                name,
                FULL,
                "deploy/ already has " + most + " files",
                "at most " + most,
                "Remove files that are no longer needed, or raise the setting 'files' of org.openclaw.deploy.folder.");
    }

    static Refused unreadable(Path file, String name, IOException failure) {
        if (failure instanceof AccessDeniedException || !Files.isReadable(file)) {
            return file(
                    name,
                    "file.unreadable",
                    "it cannot be read: " + failure,
                    "a file that the container's user may read",
                    "Correct its owner or mode; it is tried again within half a minute.");
        }
        return file(
                name,
                "store.unwritable",
                "it could not be read to its end or kept: " + failure,
                "a readable file and room in data/",
                "See to the disk; it is tried again within half a minute.");
    }

    /** @param holding the pins that were read last */
    static Refused pins(String name, String reason, String holding) {
        return file(
                name,
                "pins.malformed",
                reason,
                "a JSON object of symbolic names and versions, such as {\"acme.bot\": \"1.4.0\"}",
                "Correct it; what was pinned before stays pinned until then (" + holding + ").");
    }

    static Refused gateFailed(String name, RuntimeException failure) {
        return file(
                name,
                "gate.failed",
                "the gate could not judge it: " + failure,
                "",
                "This is a fault of the container; the log has the stack trace. It is tried again within half a minute.");
    }

    static Refused notInstalled(String name, Artifact artifact, Throwable failure) {
        return bundle(
                name,
                artifact,
                "bundle.install.failed",
                "the framework did not install it: " + root(failure),
                "",
                "Correct the bundle; it is tried again when something else changes.");
    }

    static Refused notStarted(String name, Artifact artifact, Throwable failure) {
        return bundle(
                name,
                artifact,
                "bundle.start.failed",
                "it did not start: " + root(failure),
                "an activator that returns",
                "Correct the bundle or what it complains about; it is tried again when something else changes.");
    }

    static Refused startHangs(String name, Artifact artifact, Duration waited) {
        return bundle(
                name,
                artifact,
                "bundle.start.failed",
                "its activator has not returned for %d s".formatted(waited.toSeconds()),
                "an activator that returns at once",
                "Do slow work on a thread of the bundle; drop a corrected version.");
    }

    static Refused notActive(String name, Artifact artifact, Duration waited) {
        return bundle(
                name,
                artifact,
                "bundle.start.failed",
                "it was started but did not become active within %d ms".formatted(waited.toMillis()),
                "a bundle that becomes active and stays so",
                "See the log for who stopped it; it is tried again when something else changes.");
    }

    static Refused unsatisfied(
            String name, Artifact artifact, List<String> missing, List<String> components, Duration waited) {
        var none = components.isEmpty();
        var why = none
                ? "; no component of it waits for anything, so none of them is an agent of that type"
                : "; " + String.join("; ", components);
        return bundle(
                name,
                artifact,
                "agent.unsatisfied",
                "its manifest declares agent type %s, but no Agent service of it came within %d ms%s"
                        .formatted(quoted(missing), waited.toMillis(), why),
                "one service org.openclaw.agent.Agent with property agent.type for each declared type",
                none
                        ? "Put @Component on the class with @AgentType, and deploy it as a new version."
                        : "Deploy or configure what the component waits for; it is tried again when something else changes.");
    }

    /** @param breaks at least one */
    static Refused incompatible(
            String name, Artifact artifact, TypeSchemas type, Artifact present, List<SchemaBreak> breaks) {
        var more = breaks.size() > NAMED_BREAKS ? "; and " + (breaks.size() - NAMED_BREAKS) + " more" : "";
        return bundle(
                name,
                artifact,
                SCHEMAS,
                "its agent type '%s' does not get on with %s %s, which is deployed: %s%s"
                        .formatted(
                                type.agentType(),
                                present.name(),
                                present.version(),
                                listed(breaks, SchemaBreak::what, "; "),
                                more),
                "messages compatible %s, the state %s"
                        .formatted(type.policy().messages(), type.policy().state()),
                "%s Or say on the agent class with @SchemaCompatibility that the break is meant, or undeploy %s first."
                        .formatted(listed(breaks, SchemaBreak::cure, " "), present.name()));
    }

    private static String listed(List<SchemaBreak> breaks, Function<SchemaBreak, String> words, String between) {
        return breaks.stream().limit(NAMED_BREAKS).map(words).distinct().collect(Collectors.joining(between));
    }

    static Refused schemasUnreadable(String name, Artifact artifact, Throwable why) {
        return bundle(
                name,
                artifact,
                "schema.unreadable",
                "the schemas that it brings cannot be compared with what is deployed: " + plain(why.toString()),
                "what the annotation processor writes to OSGI-INF/openclaw",
                "Build it again with the annotation processor, and deploy it as a new version.");
    }

    static Refused bundle(String name, Artifact artifact, String code, String reason, String expected, String cure) {
        return new Refused(name, Optional.of(artifact.digest()), code, reason, expected, cure);
    }

    static Refused file(String name, String code, String reason, String expected, String cure) {
        return new Refused(name, Optional.empty(), code, reason, expected, cure);
    }

    /** The innermost cause, as one line. */
    static String root(Throwable failure) {
        var root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return plain(root.toString());
    }

    /** One line that can be printed. */
    static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    private static String quoted(List<String> names) {
        return String.join(", ", names.stream().map(name -> "'" + name + "'").toList());
    }
}
