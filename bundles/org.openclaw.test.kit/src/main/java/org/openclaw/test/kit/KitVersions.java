package org.openclaw.test.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.openclaw.agent.Agent;
import org.openclaw.agent.runtime.type.AgentVersion;
import org.openclaw.agent.runtime.type.Descriptor;
import org.openclaw.agent.runtime.type.Policy;
import org.openclaw.agent.runtime.type.Precedence;
import org.openclaw.schema.Schemas;

/** Finds what the annotation processor has written about an agent, in the folder or jar that its class came from. */
final class KitVersions {
    private static final String FOLDER = "OSGI-INF/openclaw";

    private KitVersions() {}

    /** @param type the class of the agent, which may stand behind another one */
    static AgentVersion of(Class<?> type, Agent<?, ?> agent, long registration, Schemas schemas) {
        var descriptor = descriptors(type).stream()
                .filter(found -> found.className().equals(type.getName()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("agent " + type.getName() + ": no file in " + FOLDER
                        + " describes it (expected: one that the annotation processor writes for a class with"
                        + " @AgentType). Put @AgentType on it or, where it is there, add org.openclaw.schema.processor"
                        + " to the annotation processors of the module that compiles it; then compile it again."));
        return AgentVersion.bind(
                        descriptor,
                        agent,
                        name -> Class.forName(name, false, type.getClassLoader()),
                        new Precedence(0, 0, 0, "", 0, registration))
                .checkedBy(schemas)
                .with(Policy.ONCE)
                .repeated();
    }

    private static List<Descriptor> descriptors(Class<?> type) {
        var source = Optional.ofNullable(type.getProtectionDomain().getCodeSource())
                .orElseThrow(() -> new IllegalArgumentException(
                        "agent " + type.getName() + ": loaded from nowhere (expected: from a folder or a jar)"));
        try {
            var path = Path.of(source.getLocation().toURI());
            if (Files.isDirectory(path)) {
                return read(path.resolve(FOLDER));
            }
            try (var jar = FileSystems.newFileSystem(path)) {
                return read(jar.getPath(FOLDER));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (URISyntaxException odd) {
            throw new IllegalArgumentException(
                    "agent " + type.getName() + ": loaded from " + source.getLocation()
                            + " (expected: a folder or a jar)",
                    odd);
        }
    }

    private static List<Descriptor> read(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(KitVersions::parse)
                    .toList();
        }
    }

    private static Descriptor parse(Path file) {
        try {
            return Descriptor.read(Files.readAllBytes(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
