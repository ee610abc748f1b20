package org.openclaw.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which release this is; the build writes it down. */
public final class Release {
    private Release() {}

    /** Such as {@code 0.1.0}. */
    public static String version() {
        var properties = new Properties();
        try (var in = Release.class.getResourceAsStream("release.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return properties.getProperty("version", "0.0.0");
    }
}
