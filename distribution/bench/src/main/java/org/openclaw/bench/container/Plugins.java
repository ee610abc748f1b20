package org.openclaw.bench.container;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.openclaw.deploy.trust.BundleSigner;
import org.openclaw.deploy.trust.Grants;
import org.openclaw.deploy.trust.PublisherKeys;

/** Builds the bundles that the tests drop in: compiled with the annotation processor, assembled by bnd, signed. */
public final class Plugins {
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([a-z.]+);");
    private static final Pattern TYPE =
            Pattern.compile("(?m)^public (?:final |sealed )*(?:class|interface|record) (\\w+)");

    private final Path work;
    private final BundleSigner signer;

    /**
     * @param work a folder for what is compiled
     * @param keys the publisher who signs
     */
    public Plugins(Path work, PublisherKeys keys) {
        this.work = work;
        this.signer = new BundleSigner(keys, InstantSource.system());
    }

    /** Makes a publisher that this container trusts with everything that the tests bring, and signs as that one. */
    public static Plugins trustedBy(Container container, Path work) throws Exception {
        Files.createDirectories(work);
        return new Plugins(
                work,
                PublisherKeys.generate(
                        "plugins",
                        PublisherKeys.Algorithm.ED25519,
                        false,
                        Optional.empty(),
                        work.resolve("keys"),
                        container.home.resolve("conf/trust"),
                        Grants.inProcess(List.of("plugin.*")),
                        InstantSource.system(),
                        new SecureRandom()));
    }

    /** The echo agent at a version, signed. */
    public Path echo(String version) throws Exception {
        return signed("plugin.echo", version, Map.of(), List.of(source("EchoAgent")));
    }

    /** A bundle of these sources, signed, at {@code work/NAME-VERSION.jar}; one that is there already is given again. */
    public Path signed(String name, String version, Map<String, String> headers, List<String> sources)
            throws Exception {
        var jar = work.resolve(name + "-" + version + ".jar");
        return Files.exists(jar)
                ? jar
                : signer.sign(unsigned(name, version, headers, sources), jar).file();
    }

    /** Signs a jar as it is. */
    public Path sign(Path jar) throws Exception {
        return signer.sign(jar, work.resolve("signed-" + jar.getFileName())).file();
    }

    /** A bundle of these sources, as bnd writes it. */
    public Path unsigned(String name, String version, Map<String, String> headers, List<String> sources)
            throws Exception {
        var classes = compiled(name, sources);
        var out = work.resolve(name + "-" + version + "-unsigned.jar");
        try (var builder = new Builder()) {
            try (var content = new Jar(classes.toFile())) {
                builder.addClasspath(content);
                for (var each : Checkout.bundles()) {
                    var jar = Checkout.jar(each);
                    if (each.getFileName().toString().endsWith(".api") && Files.exists(jar)) {
                        builder.addClasspath(jar.toFile());
                    }
                }
                builder.setProperty("Bundle-SymbolicName", name);
                builder.setProperty("Bundle-Version", version);
                builder.setProperty("-includeresource", classes.toString());
                builder.setProperty("-noimportjava", "true");
                builder.setProperty("-noextraheaders", "true");
                builder.setProperty("-reproducible", "true");
                builder.setProperty("Private-Package", "!*");
                headers.forEach(builder::setProperty);
                try (var jar = builder.build()) {
                    if (!builder.getErrors().isEmpty()) {
                        throw new IllegalStateException("bnd: " + builder.getErrors());
                    }
                    jar.write(out.toFile());
                }
            }
        }
        return out;
    }

    /** A source of {@code src/test/resources/plugins}. */
    public static String source(String type) throws IOException {
        try (var in = Plugins.class.getResourceAsStream("/plugins/" + type + ".java.txt")) {
            return new String(Objects.requireNonNull(in, type).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Path compiled(String name, List<String> sources) throws IOException {
        var key = name + "-" + Integer.toHexString(sources.hashCode());
        var classes = work.resolve(key + "-classes");
        if (Files.isDirectory(classes)) {
            return classes;
        }
        Files.createDirectories(classes);
        var files = new ArrayList<Path>();
        for (var text : sources) {
            var folder = work.resolve(key + "-src").resolve(first(PACKAGE, text).replace('.', '/'));
            Files.createDirectories(folder);
            files.add(Files.writeString(folder.resolve(first(TYPE, text) + ".java"), text));
        }
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var messages = new StringWriter();
            var options = List.of(
                    "--release",
                    "25",
                    "-parameters",
                    "-proc:full",
                    "-d",
                    classes.toString(),
                    "-classpath",
                    System.getProperty("java.class.path"));
            if (!compiler.getTask(messages, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
                    .call()) {
                throw new IllegalStateException("the plugin does not compile:\n" + messages);
            }
        }
        return classes;
    }

    private static String first(Pattern pattern, String text) {
        var match = pattern.matcher(text);
        if (!match.find()) {
            throw new IllegalArgumentException("no " + pattern + " in the source");
        }
        return match.group(1);
    }
}
