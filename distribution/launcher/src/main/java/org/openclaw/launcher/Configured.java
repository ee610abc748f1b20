package org.openclaw.launcher;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a home says that its container is to be made of, as a start reads it.
 *
 * @param settings {@code conf/openclaw.json}
 * @param features the enabled ones, in their order
 * @param configurations of the features, overlaid with the operator's
 * @param address where the HTTP server will listen; empty when no feature brings one
 */
public record Configured(
        Settings settings, List<Feature> features, Configurations configurations, Optional<HttpAddress> address) {
    public Configured {
        features = List.copyOf(features);
    }

    /**
     * Reads all of it.
     *
     * @param port instead of the configured one
     * @throws LaunchException at the first thing that cannot be
     */
    public static Configured read(Installation installation, Home home, OptionalInt port)
            throws IOException, LaunchException {
        var json = new JsonFiles();
        var settings = Settings.read(home.conf(), json);
        var features = new ArrayList<Feature>();
        var configurations = new Configurations(json);
        for (var name : settings.features()) {
            var feature = Feature.read(installation.features(), name, json);
            features.add(feature);
            configurations.overlay(installation.features().resolve(name + ".json"), feature.configurations());
        }
        var listens = configurations.text(HttpAddress.PID, HttpAddress.PORT).isPresent();
        configurations.overlayFiles(home.conf());
        port.ifPresent(number -> configurations.set(HttpAddress.PID, HttpAddress.PORT, number));
        var address =
                listens ? Optional.of(HttpAddress.of(configurations, home.conf())) : Optional.<HttpAddress>empty();
        return new Configured(settings, features, configurations, address);
    }
}
