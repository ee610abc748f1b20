package org.openclaw.launcher.claw.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Which configurations bundles read, as they declare it: the component descriptions and metatype documents in
 * {@code OSGI-INF/}. What a bundle reads without declaring it is not here.
 */
final class DeclaredSettings {
    private static final XMLInputFactory XML = factory();

    private final Map<String, Set<String>> byPid = new TreeMap<>();

    /** Reads the jars; one that is damaged declares nothing. */
    static DeclaredSettings of(Collection<Path> jars) throws IOException {
        var declared = new DeclaredSettings();
        for (var jar : jars) {
            declared.add(jar);
        }
        return declared;
    }

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    Collection<String> pids() {
        return byPid.keySet();
    }

    /** The names of the settings of a PID; empty where they are not known. */
    Set<String> names(String pid) {
        return byPid.getOrDefault(pid, Set.of());
    }

    private void add(Path jar) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            var entries = zip.stream()
                    .filter(entry -> entry.getName().startsWith("OSGI-INF/"))
                    .filter(entry -> entry.getName().toLowerCase(Locale.ROOT).endsWith(".xml"))
                    .toList();
            for (var entry : entries) {
                try (var in = zip.getInputStream(entry)) {
                    read(in);
                } catch (XMLStreamException damaged) {
                    // its own bundle will say so
                }
            }
        } catch (ZipException damaged) {
            // the verdict on the jar says so
        }
    }

    private void read(InputStream in) throws XMLStreamException {
        var reader = XML.createXMLStreamReader(in);
        var classes = new HashMap<String, Set<String>>();
        var designated = new HashMap<String, String>();
        var ocd = "";
        var pid = "";
        while (reader.hasNext()) {
            if (reader.next() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            switch (reader.getLocalName()) {
                case "component" -> component(reader);
                case "OCD" -> ocd = attribute(reader, "id");
                case "AD" ->
                    classes.computeIfAbsent(ocd, key -> new TreeSet<>()).add(attribute(reader, "id"));
                case "Designate" -> pid = attribute(reader, "factoryPid") + attribute(reader, "pid");
                case "Object" -> designated.put(pid, attribute(reader, "ocdref"));
                default -> {
                    // localisation, icons, options
                }
            }
        }
        designated.forEach((name, type) ->
                byPid.computeIfAbsent(name, key -> new TreeSet<>()).addAll(classes.getOrDefault(type, Set.of())));
    }

    private void component(XMLStreamReader reader) {
        var pids = attribute(reader, "configuration-pid");
        for (var name : (pids.isEmpty() ? attribute(reader, "name") : pids).split(" ", -1)) {
            byPid.computeIfAbsent(name.equals("$") ? attribute(reader, "name") : name, key -> new TreeSet<>());
        }
    }

    private static String attribute(XMLStreamReader reader, String name) {
        var value = reader.getAttributeValue(null, name);
        return value == null ? "" : value;
    }
}
