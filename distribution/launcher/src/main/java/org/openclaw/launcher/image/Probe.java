package org.openclaw.launcher.image;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Asks the container on a home whether it takes work, at the price of a bare JVM.
 *
 * @param running where the container says how to reach it
 */
record Probe(Path running) {
    private static final Pattern URL = Pattern.compile("\"url\" *: *\"(http://[^\"]+)\"");
    private static final int TIMEOUT_MILLIS = 2000;

    static Probe of(Map<String, String> environment) {
        return new Probe(Path.of(environment.getOrDefault("CLAW_HOME", "."), "data", "running.json"));
    }

    /** 0 when it does, else 1 and a line that says why not. */
    int ask() {
        try {
            var url = URL.matcher(Files.readString(running));
            if (!url.find()) {
                System.out.println(
                        "The container has no gateway, so nobody can ask it (expected: the feature 'gateway').");
                return 1;
            }
            var ready = URI.create(url.group(1)).resolve("/readyz").toURL();
            var connection = (HttpURLConnection) ready.openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            var status = connection.getResponseCode();
            System.out.println(
                    status == HttpURLConnection.HTTP_OK ? "ready" : "not ready: " + ready + " answers " + status);
            return status == HttpURLConnection.HTTP_OK ? 0 : 1;
        } catch (NoSuchFileException starting) {
            System.out.println("not ready: the container does not listen yet");
            return 1;
        } catch (IOException unreachable) {
            System.out.println("not ready: " + unreachable.getMessage());
            return 1;
        }
    }
}
