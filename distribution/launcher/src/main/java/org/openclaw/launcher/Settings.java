package org.openclaw.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code conf/openclaw.json}: what the container is made of.
 *
 * @param features the enabled features, such as {@code core}
 * @param stopWithin how long turns in flight may take to end when the container stops
 * @param framework framework properties beside ours, such as {@code gosh.args}
 * @param aotTraining whether a container makes the ahead-of-time cache for its next start, in the background
 */
public record Settings(List<String> features, Duration stopWithin, Map<String, String> framework, boolean aotTraining) {
    /** Its name within {@code conf/}. */
    public static final String FILE = "openclaw.json";

    private static final List<String> KNOWN = List.of("features", "stopSeconds", "framework", "aotTraining");
    private static final List<String> FEATURES = List.of("core", "gateway", "console");
    private static final int STOP_SECONDS = 30;

    public Settings {
        features = List.copyOf(features);
        framework = Map.copyOf(framework);
    }

    /** Reads the settings; an absent file is all defaults, an unknown name is a mistake that must not pass unseen. */
    public static Settings read(Path conf, JsonFiles json) throws IOException, LaunchException {
        var file = conf.resolve(FILE);
        if (!Files.exists(file)) {
            return new Settings(FEATURES, Duration.ofSeconds(STOP_SECONDS), Map.of(), true);
        }
        var content = json.read(file);
        for (var name : content.propertyNames()) {
            if (!KNOWN.contains(name)) {
                throw LaunchException.unknownSetting(file, name, KNOWN);
            }
        }
        var features = new ArrayList<String>();
        content.path("features").forEach(name -> features.add(name.asString("")));
        var seconds = content.path("stopSeconds").asInt(STOP_SECONDS);
        if (seconds < 1 || seconds > 3600) {
            throw LaunchException.setting(file, "'stopSeconds' is " + seconds, "1 to 3600");
        }
        var framework = new LinkedHashMap<String, String>();
        content.path("framework")
                .properties()
                .forEach(entry -> framework.put(entry.getKey(), entry.getValue().asString("")));
        var training = content.path("aotTraining");
        if (!training.isMissingNode() && !training.isBoolean()) {
            throw LaunchException.setting(file, "'aotTraining' is " + training, "true or false");
        }
        return new Settings(
                features.isEmpty() ? FEATURES : features,
                Duration.ofSeconds(seconds),
                framework,
                training.asBoolean(true));
    }
}
