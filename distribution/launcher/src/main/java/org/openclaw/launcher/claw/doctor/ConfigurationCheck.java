package org.openclaw.launcher.claw.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.openclaw.launcher.Configurations;
import org.openclaw.launcher.Feature;
import org.openclaw.launcher.JsonFiles;
import org.openclaw.launcher.LaunchException;
import org.openclaw.launcher.Settings;
import org.openclaw.launcher.Suggestion;

/** Whether {@code conf/} can be read, and names what is there: features, PIDs, settings. */
final class ConfigurationCheck implements Check {
    private static final String WHY = "The container does not start.";

    @Override
    public String area() {
        return "configuration";
    }

    @Override
    public Examination look(Situation situation) throws IOException {
        var conf = situation.home().conf();
        if (!Files.isDirectory(conf)) {
            return Examination.of("none yet");
        }
        var findings = new ArrayList<Finding>();
        var json = new JsonFiles();
        var ours = new Configurations(json);
        var names = features(situation, json, ours, findings);
        var declared = DeclaredSettings.of(jars(situation));
        for (var file : Configurations.files(conf)) {
            try {
                var theirs = new Configurations(json);
                theirs.overlay(file);
                findings.addAll(unknown(situation, file, theirs.properties(), ours.properties(), declared));
            } catch (LaunchException unreadable) {
                findings.add(refused(situation, file, unreadable));
            }
        }
        return new Examination("features " + String.join(", ", names), findings);
    }

    /** The enabled features; their configurations are laid into {@code ours}. */
    private static List<String> features(
            Situation situation, JsonFiles json, Configurations ours, List<Finding> findings) throws IOException {
        var file = situation.home().conf().resolve(Settings.FILE);
        Settings settings;
        try {
            settings = Settings.read(situation.home().conf(), json);
        } catch (LaunchException unreadable) {
            findings.add(refused(situation, file, unreadable));
            return List.of("unknown");
        }
        var folder = situation.installation().features();
        for (var name : Files.isDirectory(folder) ? settings.features() : List.<String>of()) {
            try {
                ours.overlay(
                        folder.resolve(name + ".json"),
                        Feature.read(folder, name, json).configurations());
            } catch (LaunchException unreadable) {
                findings.add(refused(situation, file, unreadable));
            }
        }
        return settings.features();
    }

    private static Finding refused(Situation situation, Path file, LaunchException unreadable) {
        return Finding.error(unreadable.code(), situation.named(file), unreadable.found())
                .because(WHY)
                .cure("Correct it.", Shell.edit(file));
    }

    private static List<Path> jars(Situation situation) throws IOException {
        var jars = new ArrayList<Path>();
        for (var folder :
                List.of(situation.installation().bundles(), situation.home().deploy())) {
            if (Files.isDirectory(folder)) {
                try (var files = Files.list(folder)) {
                    files.filter(file -> file.toString().endsWith(".jar") && Files.isRegularFile(file))
                            .forEach(jars::add);
                }
            }
        }
        return jars;
    }

    private static List<Finding> unknown(
            Situation situation,
            Path file,
            Map<String, List<String>> written,
            Map<String, List<String>> ours,
            DeclaredSettings declared) {
        var pids = new TreeSet<>(declared.pids());
        pids.addAll(ours.keySet());
        var findings = new ArrayList<Finding>();
        written.forEach((configured, names) -> {
            // an instance of a factory is called factory~name
            var pid = configured.replaceFirst("~.*", "");
            if (!pids.contains(pid)) {
                findings.add(pidUnknown(situation, file, pid, pids));
                return;
            }
            var known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
            known.addAll(declared.names(pid));
            known.addAll(ours.getOrDefault(pid, List.of()));
            names.stream()
                    .filter(name -> !known.contains(name) && !general(name))
                    .flatMap(name -> settingUnknown(situation, file, pid, name, known, declared).stream())
                    .forEach(findings::add);
        });
        return findings;
    }

    /** What the OSGi services themselves read of every configuration. */
    private static boolean general(String name) {
        return name.startsWith(":") || name.startsWith(".") || name.startsWith("service.") || name.endsWith(".target");
    }

    private static Finding pidUnknown(Situation situation, Path file, String pid, Collection<String> pids) {
        return Finding.warning(
                        "pid.unknown",
                        situation.named(file),
                        "No bundle here reads the configuration '%s' in %s.%s"
                                .formatted(pid, file, Suggestion.sentence(pid, pids)))
                .because("What it sets has no effect.")
                .cure("Correct the name, or delete what is no longer needed.", Shell.edit(file));
    }

    /** A bundle that does not declare its settings may read any; only what is nearly one of ours is a mistake then. */
    private static Optional<Finding> settingUnknown(
            Situation situation,
            Path file,
            String pid,
            String name,
            Collection<String> known,
            DeclaredSettings declared) {
        if (declared.names(pid).isEmpty() && Suggestion.of(name, known).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Finding.warning(
                        "setting.unknown",
                        situation.named(file),
                        "'%s' has no setting '%s', which %s sets.%s"
                                .formatted(pid, name, file, Suggestion.sentence(name, known)))
                .because("It has no effect.")
                .cure(
                        "Correct it; there %s %s."
                                .formatted(known.size() == 1 ? "is" : "are", String.join(", ", known)),
                        Shell.edit(file)));
    }
}
