package org.openclaw.launcher.claw;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openclaw.deploy.trust.TrustException;
import org.openclaw.launcher.Home;
import org.openclaw.launcher.Installation;
import org.openclaw.launcher.LaunchException;
import org.openclaw.launcher.RunningFile;
import org.openclaw.launcher.ShellWords;
import org.openclaw.launcher.project.AgentName;
import org.openclaw.launcher.project.AgentProject;
import org.openclaw.launcher.project.JavaPackage;
import org.openclaw.launcher.project.ProjectPublisher;
import org.openclaw.launcher.project.ProjectPublisher.Outcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the project of an agent type, and sees to it that its publisher can sign it. */
@Command(
        name = "agent",
        description = {
            "Begin an agent type: a Maven project that builds, tests and signs as it stands.",
            "Its publisher is made when there is none: keys in conf/keys/, trusted with this project alone."
        })
final class NewAgentCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "NAME",
            description = "The agent type: a lower-case letter, then up to 62 lower-case letters, digits, dots and"
                    + " hyphens.")
    private String name = "";

    @Option(names = "--into", paramLabel = "DIR", description = "A new or empty folder. Default: ./NAME")
    private @Nullable Path into;

    @Option(
            names = "--package",
            paramLabel = "PACKAGE",
            description = "The Java package of its classes. Default: the letters and digits of NAME.")
    private @Nullable String javaPackage;

    @Option(
            names = "--publisher",
            paramLabel = "PUBLISHER",
            description = "Who signs it; one that is there is used again. Default: NAME.")
    private @Nullable String publisher;

    @Mixin
    private HomeOption homeOption = new HomeOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() throws IOException {
        var agent = named(name);
        var named = publisher;
        var where = into;
        var folder = where == null ? Path.of(agent.value()) : where;
        requireEmpty(folder);
        var home = homeOption.home();
        var project = new AgentProject(
                agent, packageOf(agent), named == null ? agent.publisher() : named, Installation.here(), home);
        var outcome = prepare(project, home);
        var files = project.write(folder);
        show(project, folder, files, outcome);
        return 0;
    }

    private static AgentName named(String name) {
        try {
            return new AgentName(name);
        } catch (IllegalArgumentException none) {
            throw ClawException.misused(String.valueOf(none.getMessage()));
        }
    }

    private JavaPackage packageOf(AgentName agent) {
        var named = javaPackage;
        try {
            return named == null ? agent.javaPackage() : new JavaPackage(named);
        } catch (IllegalArgumentException none) {
            throw ClawException.misused("--package " + none.getMessage());
        }
    }

    private static void requireEmpty(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw taken(folder, "it is a file");
        }
        try (var content = Files.list(folder)) {
            var first = content.findFirst();
            if (first.isPresent()) {
                throw taken(folder, "it holds " + first.get().getFileName());
            }
        }
    }

    private static ClawException taken(Path folder, String why) {
        return ClawException.refused(
                "folder.taken",
                "Cannot begin a project in %s: %s (expected: a new or empty folder). Nothing was written; name another with --into DIR."
                        .formatted(folder, why));
    }

    /** A home that no container has started on yet becomes one, as at its first start. */
    private static Outcome prepare(AgentProject project, Home home) throws IOException {
        try {
            home.prepare(project.installation());
            var outcome = new ProjectPublisher(project.publisher(), home).prepare(project.name(), Clock.systemUTC());
            return switch (outcome) {
                case MADE, WIDENED, KNOWN -> outcome;
                case KEYLESS ->
                    throw ClawException.refused(
                            "keys.missing",
                            "Publisher '%s' is trusted, but its keys are not in %s, so the project could not be signed. Copy them there, or take another with --publisher. Nothing was written."
                                    .formatted(project.publisher(), home.keys()));
                case UNTRUSTED ->
                    throw ClawException.refused(
                            "publisher.missing",
                            "The keys of publisher '%s' are in %s, but it is trusted no more. Take another with --publisher. Nothing was written."
                                    .formatted(project.publisher(), home.keys()));
            };
        } catch (TrustException refused) {
            throw ClawException.refused(refused.code(), String.valueOf(refused.getMessage()));
        } catch (LaunchException unusable) {
            throw ClawException.refused(unusable.code(), String.valueOf(unusable.getMessage()));
        }
    }

    private void show(AgentProject project, Path folder, List<Path> files, Outcome outcome) throws IOException {
        var next = next(project, folder);
        var json = new LinkedHashMap<String, Object>();
        json.put("agent", project.name().value());
        json.put("folder", folder.toAbsolutePath().normalize().toString());
        json.put("package", project.javaPackage().name());
        json.put("files", files.stream().map(Path::toString).toList());
        json.put("publisher", project.publisher());
        json.put("publisherIs", outcome.name().toLowerCase(Locale.ROOT));
        json.put("next", next);
        output.show(json, """
                Began the agent '%s' in %s (package %s).
                %s

                Next:
                  %s""".formatted(
                project.name(), folder, project.javaPackage(), told(project, outcome), String.join("\n  ", next)));
    }

    private String told(AgentProject project, Outcome outcome) {
        var keys = project.home().keys().resolve(project.publisher());
        return switch (outcome) {
            case MADE ->
                "Publisher '%s' is new: it may bring the bundle %s and the agent type %s. Its keys are in %s; back them up."
                        .formatted(project.publisher(), project.name().artifact(), project.name(), keys);
            case WIDENED ->
                "Publisher '%s' signs it; it may bring the bundle %s and the agent type %s besides, from now on."
                        .formatted(project.publisher(), project.name().artifact(), project.name());
            case KNOWN, KEYLESS, UNTRUSTED -> "Publisher '%s' signs it.".formatted(project.publisher());
        };
    }

    /** What to type, as it has to be typed: from here to an answer of the agent. */
    private List<String> next(AgentProject project, Path folder) throws IOException {
        var own = project.home().folder().equals(project.installation().folder());
        var claw = ShellWords.claw(project.installation());
        var home = own
                ? ""
                : " --home " + ShellWords.quoted(project.home().folder().toString());
        var next = new ArrayList<String>();
        next.add("cd " + ShellWords.quoted(folder.toString()));
        next.add("mvn package");
        if (RunningFile.of(project.home()).isEmpty()) {
            next.add(claw + " run" + home + "   # in a second terminal");
        }
        next.add(claw + " deploy --wait " + project.jar() + home);
        next.add(claw + " ask " + project.name() + "/ada Add '{\"task\":\"call Bob\"}'" + home);
        return List.copyOf(next);
    }
}
