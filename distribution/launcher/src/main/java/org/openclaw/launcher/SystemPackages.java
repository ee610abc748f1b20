package org.openclaw.launcher;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Manifest;
import org.openclaw.deploy.Gate;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.databind.json.JsonMapper;

/** The packages of the class path that bundles see through the system bundle. */
final class SystemPackages {
    /** Once for bundles of the present, once for those of slf4j 1.7: the API they use is the same. */
    private static final List<String> SLF4J = List.of("2.0.17", "1.7.36");

    private SystemPackages() {}

    /** The value of {@code org.osgi.framework.system.packages.extra}. */
    static String extra() throws IOException {
        var packages = new ArrayList<String>();
        packages.add(exportOf(Gate.class));
        // the launcher reads JSON as bundles do: one copy is loaded once
        packages.add(exportOf(JsonMapper.class));
        packages.add(exportOf(TokenStreamFactory.class));
        packages.add(exportOf(JsonProperty.class));
        for (var version : SLF4J) {
            for (var part : List.of("", ".event", ".helpers", ".spi")) {
                packages.add("org.slf4j" + part + ";version=\"" + version + "\"");
            }
        }
        packages.add("org.osgi.service.log;version=\"1.5.0\"");
        return String.join(",", packages);
    }

    /** As the jar's own manifest exports it, so that the version is said in one place. */
    private static String exportOf(Class<?> type) throws IOException {
        var path = type.getName().replace('.', '/') + ".class";
        var resource = type.getResource("/" + path);
        if (resource == null) {
            throw new IllegalStateException(type + " has no class file");
        }
        var root = resource.toString().substring(0, resource.toString().length() - path.length());
        try (var in = URI.create(root + "META-INF/MANIFEST.MF").toURL().openStream()) {
            return String.valueOf(new Manifest(in).getMainAttributes().getValue("Export-Package"));
        }
    }
}
