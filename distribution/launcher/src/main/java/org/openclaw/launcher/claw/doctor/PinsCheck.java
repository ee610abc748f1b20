package org.openclaw.launcher.claw.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.JarFile;
import org.openclaw.launcher.Suggestion;
import org.osgi.framework.Version;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whether {@code deploy/pins.json} can be read, and pins names to versions that are there. */
final class PinsCheck implements Check {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    @Override
    public String area() {
        return "pins";
    }

    @Override
    public Examination look(Situation situation) throws IOException {
        var file = situation.home().deploy().resolve("pins.json");
        if (!Files.exists(file)) {
            return Examination.of("none");
        }
        var pins = new TreeMap<String, Version>();
        var damage = read(file, pins);
        if (damage.isPresent()) {
            return Examination.of(
                    "cannot be read",
                    Finding.error("pins.unreadable", situation.named(file), file + ": " + damage.get() + ".")
                            .because("Which version of a bundle is to serve is not known.")
                            .cure("Correct it: {\"NAME\": \"VERSION\"}.", Shell.edit(file)));
        }
        var there = deployed(situation.home().deploy());
        var findings = new ArrayList<Finding>();
        pins.forEach((name, version) -> {
            var versions = there.getOrDefault(name, List.of());
            if (!versions.contains(version) && !situation.serverKnows()) {
                findings.add(missing(situation, file, name, version, versions, there.keySet()));
            }
        });
        return new Examination(pins.size() + " in deploy/pins.json", findings);
    }

    private static Finding missing(
            Situation situation,
            Path file,
            String name,
            Version version,
            Collection<Version> versions,
            Collection<String> names) {
        var found = versions.isEmpty()
                ? "no file in deploy/ is of that name" + Suggestion.sentence(name, names)
                : "deploy/ has only "
                        + String.join(
                                ", ", versions.stream().map(Version::toString).toList());
        return Finding.warning(
                        "pin.missing",
                        situation.named(file),
                        "'%s' is pinned to %s, and %s."
                                .formatted(name, version, found)
                                .replace("?.", "?"))
                .because("No other version of it is let serve.")
                .cure("Deploy that version, or take the pin out.", Shell.edit(file));
    }

    /** Why it cannot be read; empty when {@code pins} is what it says. */
    private static Optional<String> read(Path file, Map<String, Version> pins) throws IOException {
        try {
            if (!(JSON.readTree(Files.readAllBytes(file)) instanceof ObjectNode object)) {
                return Optional.of("no JSON object");
            }
            for (var pin : object.properties()) {
                if (!pin.getValue().isString()) {
                    return Optional.of("what stands behind '" + pin.getKey() + "' is no version in quotes");
                }
                pins.put(pin.getKey(), new Version(pin.getValue().asString()));
            }
            return Optional.empty();
        } catch (JacksonException damaged) {
            var place = damaged.getLocation();
            return Optional.of(damaged.getOriginalMessage() + (place == null ? "" : " in line " + place.getLineNr()));
        } catch (IllegalArgumentException noVersion) {
            return Optional.of(String.valueOf(noVersion.getMessage()));
        }
    }

    private static Map<String, List<Version>> deployed(Path deploy) {
        var versions = new TreeMap<String, List<Version>>();
        for (var jar : Certificates.children(deploy)) {
            if (jar.toString().endsWith(".jar") && Files.isRegularFile(jar)) {
                add(jar, versions);
            }
        }
        return versions;
    }

    private static void add(Path file, Map<String, List<Version>> versions) {
        try (var jar = new JarFile(file.toFile(), false)) {
            var manifest = jar.getManifest();
            var name = manifest == null ? null : manifest.getMainAttributes().getValue("Bundle-SymbolicName");
            if (name != null) {
                var version = manifest.getMainAttributes().getValue("Bundle-Version");
                versions.computeIfAbsent(name.replaceFirst(";.*", "").strip(), key -> new ArrayList<>())
                        .add(Version.parseVersion(version));
            }
        } catch (IOException | IllegalArgumentException damaged) {
            // the verdict on it says so
        }
    }
}
