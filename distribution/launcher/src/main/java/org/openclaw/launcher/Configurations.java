package org.openclaw.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The configurations of all enabled features, overlaid property by property with the operator's: {@code conf/*.json}
 * (OSGi Configurator resources) and {@code conf/PID.cfg} (properties), in the order of their names. The result goes to the
 * Configurator as {@code configurator.initial}.
 *
 * <p>Not thread-safe; used while the container starts.
 */
public final class Configurations {
    private static final String HEADER = ":configurator:";
    private static final String JSON = ".json";
    private static final String CFG = ".cfg";

    private final JsonFiles json;
    private final ObjectNode byPid;

    public Configurations(JsonFiles json) {
        this.json = json;
        this.byPid = json.object();
    }

    /** Lays one resource over what there is. */
    public void overlay(Path source, ObjectNode resource) throws LaunchException {
        for (var entry : resource.properties()) {
            if (entry.getKey().startsWith(HEADER)) {
                continue;
            }
            if (!(entry.getValue() instanceof ObjectNode properties)) {
                throw LaunchException.setting(
                        source, "'" + entry.getKey() + "' is no JSON object", "{...} for each PID");
            }
            properties.properties().forEach(property -> set(entry.getKey(), property.getKey(), property.getValue()));
        }
    }

    /** Lays the operator's files over what there is. */
    void overlayFiles(Path conf) throws IOException, LaunchException {
        for (var file : files(conf)) {
            overlay(file);
        }
    }

    /** The operator's files in {@code conf/}, in the order in which they count. */
    public static List<Path> files(Path conf) throws IOException {
        try (var files = Files.list(conf)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith(Settings.FILE))
                    .filter(file ->
                            file.toString().endsWith(JSON) || file.toString().endsWith(CFG))
                    .sorted()
                    .toList();
        }
    }

    /** Lays one of the operator's files over what there is. */
    public void overlay(Path file) throws IOException, LaunchException {
        var name = String.valueOf(file.getFileName());
        if (name.endsWith(CFG)) {
            overlayProperties(file, name.substring(0, name.length() - CFG.length()));
        } else {
            overlay(file, json.read(file));
        }
    }

    /** Sets one property, whatever type it was given before. */
    void set(String pid, String key, JsonNode value) {
        var properties = byPid.withObjectProperty(pid);
        properties.propertyNames().stream()
                .filter(known -> plain(known).equals(plain(key)))
                .toList()
                .forEach(properties::remove);
        properties.set(key, value);
    }

    void set(String pid, String key, int value) {
        set(pid, key + ":Integer", json.object().numberNode(value));
    }

    /** The value of a property as text, whatever its type. */
    Optional<String> text(String pid, String key) {
        return byPid.path(pid).properties().stream()
                .filter(property -> plain(property.getKey()).equals(plain(key)))
                .map(property -> property.getValue().asString(""))
                .findFirst();
    }

    /** The names of the properties of each PID, without their types. */
    public Map<String, List<String>> properties() {
        var properties = new TreeMap<String, List<String>>();
        byPid.properties()
                .forEach(entry -> properties.put(
                        entry.getKey(),
                        entry.getValue().propertyNames().stream()
                                .map(Configurations::untyped)
                                .toList()));
        return properties;
    }

    /** One Configurator resource with everything. */
    String resource() {
        var resource = json.object();
        resource.put(HEADER + "resource-version", 1);
        resource.put(HEADER + "symbolic-name", "org.openclaw.launcher");
        resource.put(HEADER + "version", Release.version());
        resource.setAll(byPid);
        return resource.toString();
    }

    private void overlayProperties(Path file, String pid) throws IOException, LaunchException {
        var properties = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            properties.load(in);
        } catch (IllegalArgumentException damaged) {
            throw LaunchException.setting(file, String.valueOf(damaged.getMessage()), "lines 'name = value'");
        }
        properties.stringPropertyNames().stream().sorted().forEach(key -> {
            set(
                    pid,
                    key,
                    json.object().stringNode(properties.getProperty(key, "").strip()));
        });
    }

    /** The name without its type: {@code port:Integer} and {@code port} are one property; case does not matter in OSGi. */
    private static String plain(String key) {
        return untyped(key).toLowerCase(Locale.ROOT);
    }

    private static String untyped(String key) {
        var colon = key.indexOf(':');
        return colon < 0 ? key : key.substring(0, colon);
    }
}
