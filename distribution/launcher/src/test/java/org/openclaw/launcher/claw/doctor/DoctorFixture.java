package org.openclaw.launcher.claw.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.openclaw.deploy.trust.BundleSigner;
import org.openclaw.deploy.trust.DigestListWriter;
import org.openclaw.deploy.trust.Grants;
import org.openclaw.deploy.trust.PublisherKeys;
import org.openclaw.launcher.Home;
import org.openclaw.launcher.Installation;
import org.openclaw.launcher.RunningFile;

/** A sound installation and a sound home, until a test breaks something; and a shell to type cures into. */
final class DoctorFixture {
    /** What a cure did. */
    record Typed(int exit, String output) {}

    final Installation installation;
    final Home home;
    final Map<String, String> environment = new HashMap<>();
    final Map<String, String> properties = new HashMap<>(Map.of("user.name", System.getProperty("user.name")));
    final PublisherKeys vendor;
    private final Path vendorKeys;

    Instant now = Instant.now();
    Optional<RunningFile> running = Optional.empty();
    ServerView server = new ServerView.Absent();
    Machine.Java java = new Machine.Java(25, "25.0.3", Path.of("/opt/jdk-25"));
    Machine.Volume volume = new Machine.Volume("disk", 10L << 30, 20L << 30, false);
    Optional<String> listener = Optional.empty();
    boolean writable = true;

    /** @param folder empty; its name has a blank and a quote, as any folder may */
    DoctorFixture(Path folder) throws Exception {
        var root = folder.resolve("it's here");
        installation = new Installation(root.resolve("installation"));
        home = new Home(root.resolve("home"));
        vendorKeys = root.resolve("vendor");
        write(installation.folder().resolve("bin/claw"), """
                #!/bin/sh
                exec '%s/bin/java' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' -Dopenclaw.installation='%s' \\
                    org.openclaw.launcher.claw.ClawCommand "$@"
                """.formatted(
                        System.getProperty("java.home"),
                        System.getProperty("java.class.path"),
                        installation.folder().toString().replace("'", "'\\''")));
        Files.setPosixFilePermissions(
                installation.folder().resolve("bin/claw"), PosixFilePermissions.fromString("rwxr-xr-x"));
        write(installation.lib().resolve("launcher.jar"), "classes");
        write(installation.features().resolve("core.json"), """
                {"bundles": [{"id": "g:settings:1"}],
                 "configurations": {"org.openclaw.security.token": {"hosts": ["localhost"]}}}""");
        write(installation.features().resolve("gateway.json"), """
                {"configurations": {"org.apache.felix.http":
                  {"org.osgi.service.http.port:Integer": %d, "org.apache.felix.http.host": "127.0.0.1"}}}""".formatted(freePort()));
        write(installation.features().resolve("console.json"), "{}");
        settings(installation.bundles().resolve("settings-1.jar"));
        vendor = keys(
                "vendor", vendorKeys, now, Grants.inProcess(List.of("vendor.*")).withSystem(true));
        release();

        write(home.conf().resolve("openclaw.json"), "{\"features\": [\"core\", \"gateway\", \"console\"]}");
        secret(home.adminToken(), "oc_admin\n");
        secret(home.readerToken(), "oc_reader\n");
        for (var folderOfHome : List.of(home.keys(), home.data())) {
            Files.createDirectories(folderOfHome);
            Files.setPosixFilePermissions(folderOfHome, PosixFilePermissions.fromString("rwx------"));
        }
        Files.createDirectories(home.deploy());
        Files.createDirectories(home.logs());
    }

    /** Makes the installation's files what was released. */
    void release() throws Exception {
        var files = new ArrayList<Path>();
        for (var folder : installation.checkedFolders()) {
            try (var found = Files.walk(folder)) {
                found.filter(Files::isRegularFile).forEach(files::add);
            }
        }
        new DigestListWriter(vendor, InstantSource.fixed(now))
                .write(installation.folder(), files, installation.digests());
    }

    /** Makes the installation trust whom the home trusts. */
    void copyTrustToTheInstallation() throws IOException {
        for (var file : List.of("roots/vendor.pem", "publishers/vendor.json")) {
            write(
                    installation.conf().resolve("trust").resolve(file),
                    Files.readString(home.trust().resolve(file)));
        }
    }

    /** A publisher with keys made at some time, trusted by the home. */
    PublisherKeys publisher(String name, Instant made) throws Exception {
        return keys(name, home.keys(), made, Grants.inProcess(List.of(name + ".*")));
    }

    private PublisherKeys keys(String name, Path folder, Instant made, Grants grants) throws Exception {
        return PublisherKeys.generate(
                name,
                PublisherKeys.Algorithm.ED25519,
                false,
                Optional.empty(),
                folder,
                home.trust(),
                grants,
                InstantSource.fixed(made),
                new SecureRandom());
    }

    /** A bundle in {@code deploy/} that nobody has signed. */
    Path bundle(String name) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", name);
        manifest.getMainAttributes().putValue("Bundle-Version", "1.0.0");
        var jar = home.deploy().resolve(name + ".jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new ZipEntry("readme.txt"));
            out.write("Read me.".getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    /** A bundle in {@code deploy/}, signed at some time. */
    Path bundle(String name, PublisherKeys keys, Instant signed) throws Exception {
        var jar = bundle(name);
        new BundleSigner(keys, InstantSource.fixed(signed)).sign(jar, jar);
        return jar;
    }

    /** A system bundle that declares the settings of two components. */
    private static void settings(Path jar) throws IOException {
        Files.createDirectories(jar.resolve(".."));
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("OSGI-INF/metatype/folder.xml"));
            out.write("""
                    <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.4.0">
                      <OCD id="o"><AD id="poll" type="Integer"/><AD id="files" type="Integer"/></OCD>
                      <Designate pid="org.openclaw.deploy.folder"><Object ocdref="o"/></Designate>
                    </metatype:MetaData>""".getBytes(StandardCharsets.UTF_8));
            out.putNextEntry(new ZipEntry("OSGI-INF/door.xml"));
            out.write("""
                    <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="org.openclaw.gateway.http.Door"
                      configuration-pid="org.openclaw.gateway.http"/>""".getBytes(StandardCharsets.UTF_8));
        }
    }

    Situation situation() {
        return new Situation(installation, home, running, server, machine(), now, Progress.NONE);
    }

    /** What one check finds. */
    List<Finding> findings(Check check) throws IOException {
        return check.look(situation()).findings();
    }

    private Machine machine() {
        return new Machine() {
            @Override
            public Map<String, String> environment() {
                return environment;
            }

            @Override
            public String property(String name) {
                return properties.getOrDefault(name, "");
            }

            @Override
            public Java java() {
                return java;
            }

            @Override
            public Volume volume(Path file) {
                return volume;
            }

            @Override
            public boolean writable(Path folder) {
                return writable;
            }

            @Override
            public Optional<String> listener(int port) {
                return listener;
            }
        };
    }

    /** Pastes a cure into a shell. */
    Typed type(Finding finding) throws IOException, InterruptedException {
        return type(finding, "");
    }

    /** Pastes a cure into a shell, whose editor writes this into the file. */
    Typed type(Finding finding, String edited) throws IOException, InterruptedException {
        // the value of EDITOR is split at blanks, and the folder of the test has one
        var folder = Files.createTempDirectory("editor");
        var editor = Files.writeString(folder.resolve("editor"), "#!/bin/sh\ncat " + folder + "/edited > \"$1\"\n");
        Files.setPosixFilePermissions(editor, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(folder.resolve("edited"), edited);
        var process = new ProcessBuilder("sh", "-c", finding.command().orElseThrow());
        process.environment().put("EDITOR", editor.toString());
        process.environment().remove("CLAW_JAVA_OPTS");
        var started = process.redirectErrorStream(true).start();
        var output = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Typed(started.waitFor(), output);
    }

    static Path write(Path file, String content) throws IOException {
        Files.createDirectories(file.toAbsolutePath().normalize().getParent());
        return Files.writeString(file, content);
    }

    static void secret(Path file, String content) throws IOException {
        write(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** Days before, or after, now. */
    Instant days(long days) {
        return now.plus(Duration.ofDays(days));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
