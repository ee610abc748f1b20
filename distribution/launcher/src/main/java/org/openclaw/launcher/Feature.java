package org.openclaw.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A choice that a user makes: bundles and their configuration, as an OSGi feature document (OSGi Compendium 159).
 *
 * <p>Read with Jackson, which the class path has anyway: the reference reader (org.apache.felix.feature) brings a second
 * JSON library with it and refuses typed configuration keys that it could leave alone.
 *
 * @param name such as {@code core}
 * @param bundles in the order of the document
 * @param configurations by PID, in the form of an OSGi Configurator resource
 * @param frameworkProperties what the framework must be launched with for it
 */
public record Feature(
        String name, List<FeatureBundle> bundles, ObjectNode configurations, Map<String, String> frameworkProperties) {
    private static final String PROPERTIES = "framework-launching-properties";
    private static final int DEFAULT_START_LEVEL = 20;

    public Feature {
        bundles = List.copyOf(bundles);
        frameworkProperties = Map.copyOf(frameworkProperties);
    }

    /** Reads {@code folder/name.json}. */
    public static Feature read(Path folder, String name, JsonFiles json) throws IOException, LaunchException {
        var file = folder.resolve(name + ".json");
        if (!name.matches("[a-z][a-z0-9-]*") || !Files.isRegularFile(file)) {
            throw LaunchException.noFeature(name, available(folder));
        }
        var content = json.read(file);
        var version = content.path("feature-resource-version").asString("1.0");
        if (!version.equals("1.0")) {
            throw LaunchException.setting(file, "feature-resource-version " + version, "1.0");
        }
        var bundles = new ArrayList<FeatureBundle>();
        for (var bundle : content.path("bundles")) {
            bundles.add(bundle(file, bundle));
        }
        var configurations = content.path("configurations") instanceof ObjectNode object ? object : json.object();
        var properties = new LinkedHashMap<String, String>();
        content.path("extensions")
                .path(PROPERTIES)
                .path("json")
                .properties()
                .forEach(property ->
                        properties.put(property.getKey(), property.getValue().asString("")));
        return new Feature(name, bundles, configurations, properties);
    }

    /** Reads every feature of a folder, for the assembly. */
    public static List<Feature> readAll(Path folder) throws IOException, LaunchException {
        var features = new ArrayList<Feature>();
        for (var name : available(folder)) {
            features.add(read(folder, name, new JsonFiles()));
        }
        return features;
    }

    private static FeatureBundle bundle(Path file, JsonNode bundle) throws LaunchException {
        var id = bundle.isString() ? bundle.asString() : bundle.path("id").asString("");
        var parts = List.of(id.split(":"));
        if (parts.size() < 3 || parts.size() > 5 || parts.stream().anyMatch(String::isBlank)) {
            throw LaunchException.setting(file, "bundle id '" + id + "'", "group:artifact:version");
        }
        return new FeatureBundle(
                id,
                bundle.path("start-level").asInt(DEFAULT_START_LEVEL),
                bundle.path("deploy").asBoolean(false));
    }

    private static List<String> available(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".json"))
                    .map(name -> name.substring(0, name.length() - ".json".length()))
                    .sorted()
                    .toList();
        }
    }
}
