package org.openclaw.launcher.project;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.openclaw.launcher.Home;
import org.openclaw.launcher.Installation;
import org.openclaw.launcher.Release;

/**
 * A Maven project of one agent type that builds, tests and signs as it stands. Its sources are those of the bundle
 * {@code org.openclaw.example.errands} under other names.
 *
 * @param name the agent type
 * @param javaPackage where its classes are
 * @param publisher who signs it
 * @param installation whose {@code maven/} folder has the APIs
 * @param home whose {@code conf/} has the publisher's keys
 */
public record AgentProject(
        AgentName name, JavaPackage javaPackage, String publisher, Installation installation, Home home) {
    /** The version that a project begins with. */
    public static final String VERSION = "0.1.0";

    private static final String TEMPLATE_PACKAGE = "org.openclaw.example.errands";
    private static final String TEMPLATE_PREFIX = "Errands";
    private static final String TEMPLATE_NAME = "errands";
    private static final String SOURCES = "src/main/java/";
    private static final String TESTS = "src/test/java/";

    /** The classes of the template, without what their names begin with. */
    private static final List<String> CLASSES = List.of("Agent", "Message", "State");

    /**
     * Writes the files.
     *
     * @param folder made when it is missing; what is in it is never overwritten
     * @return the files, relative to the folder
     */
    public List<Path> write(Path folder) throws IOException {
        var written = new ArrayList<Path>();
        written.add(put(folder, "pom.xml", filled(template("agent/pom.xml"))));
        written.add(put(folder, ".mvn/openclaw-plugin-" + Release.version() + ".pom", template("parent/pom.xml")));
        written.add(put(folder, "README.md", filled(template("agent/README.md"))));
        written.add(put(folder, ".gitignore", template("agent/gitignore")));
        written.add(source(folder, SOURCES, "package-info"));
        for (var each : CLASSES) {
            written.add(source(folder, SOURCES, TEMPLATE_PREFIX + each));
        }
        written.add(source(folder, TESTS, TEMPLATE_PREFIX + "AgentTest"));
        return List.copyOf(written);
    }

    /** The jar that {@code mvn package} leaves, relative to the folder. */
    public String jar() {
        return "target/" + name.artifact() + "-" + VERSION + ".jar";
    }

    private Path source(Path folder, String root, String type) throws IOException {
        var text = template("agent/" + root + TEMPLATE_PACKAGE.replace('.', '/') + "/" + type + ".java");
        var file = root + javaPackage.path() + "/" + type.replace(TEMPLATE_PREFIX, name.classPrefix()) + ".java";
        return put(folder, file, filled(text));
    }

    private static Path put(Path folder, String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
        return Path.of(name);
    }

    /** A template with everything of this project in it, in one pass: what is put in is not looked at again. */
    private String filled(String template) {
        var values = values();
        // the package before the name, which is a part of it
        var words = Pattern.compile(values.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|")));
        return words.matcher(template)
                .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(), found.group())));
    }

    private Map<String, String> values() {
        var own = home.folder().equals(installation.folder());
        var values = new LinkedHashMap<String, String>();
        values.put(TEMPLATE_PACKAGE, javaPackage.name());
        values.put(TEMPLATE_PREFIX, name.classPrefix());
        values.put(TEMPLATE_NAME, name.value());
        values.put("@version@", Release.version());
        values.put("@artifact@", name.artifact());
        values.put("@publisher@", publisher);
        values.put("@installation@", xml(installation.folder()));
        values.put("@home@", own ? "${openclaw.installation}" : xml(home.folder()));
        return values;
    }

    private static String xml(Path path) {
        return path.toString().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String template(String name) throws IOException {
        try (var in = AgentProject.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the launcher's jar lacks its template " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
