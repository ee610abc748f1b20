package org.openclaw.launcher.assembly;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openclaw.deploy.trust.BundleSigner;
import org.openclaw.deploy.trust.DigestListWriter;
import org.openclaw.deploy.trust.TrustException;
import org.openclaw.launcher.Feature;
import org.openclaw.launcher.Installation;
import org.openclaw.launcher.LaunchException;

/**
 * Lays out an installation and signs it: bundles of the features, class path, configuration, examples, and the signed list
 * of digests over everything that the launcher loads.
 *
 * @param staging what the build has brought together: {@code features/} (with versions filled in), {@code installation/}
 *     (scripts and configuration), {@code repository/} (all artifacts, as a Maven repository), {@code lib/} (the launcher's
 *     class path), {@code maven/} (the repository for authors)
 * @param output the installation folder, made anew
 * @param devKey where the development key lives, made when it is missing; it never becomes part of the installation
 */
record Assembly(Path staging, Path output, Path devKey) {
    /** What Maven writes beside the artifacts of a local repository; it means nothing to anybody else. */
    private static final Set<String> OF_THE_BUILD = Set.of("_remote.repositories", "maven-metadata-local.xml");

    /** Arguments: staging folder, output folder, folder of the development key, zip file. */
    public static void main(String[] arguments) throws IOException, LaunchException, TrustException {
        if (arguments.length != 4) {
            throw new IllegalArgumentException(
                    "arguments: %d (expected: STAGING OUTPUT DEV-KEY ZIP)".formatted(arguments.length));
        }
        var assembly = new Assembly(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]));
        assembly.run();
        new ZippedFolder(assembly.output()).write(Path.of(arguments[3]));
    }

    void run() throws IOException, LaunchException, TrustException {
        delete(output);
        var installation = new Installation(output);
        copy(staging.resolve("installation"), output);
        copy(staging.resolve("features"), installation.features());
        copy(staging.resolve("maven"), output.resolve("maven"));
        writeChecksums(output.resolve("maven"));
        makeExecutable(output.resolve("bin/claw"));
        Files.createDirectories(installation.lib());
        for (var jar : files(staging.resolve("lib"))) {
            LibraryCopy.write(jar, installation.lib().resolve(jar.getFileName()));
        }
        var keys =
                new DevelopmentPublisher(devKey).trustedBy(installation.conf().resolve("trust"));
        var deploy = Files.createDirectories(output.resolve("deploy"));
        Files.createDirectories(installation.bundles());
        var signer = new BundleSigner(keys, Clock.systemUTC());
        for (var feature : Feature.readAll(installation.features())) {
            for (var bundle : feature.bundles()) {
                var jar = staging.resolve("repository").resolve(bundle.repositoryPath());
                if (!Files.isRegularFile(jar)) {
                    throw new IllegalStateException(
                            "feature %s: %s is not among the container's dependencies (expected at %s). Add it to the pom."
                                    .formatted(feature.name(), bundle.id(), jar));
                }
                if (bundle.deployed()) {
                    signer.sign(jar, deploy.resolve(bundle.fileName()));
                } else {
                    Files.copy(
                            jar,
                            installation.bundles().resolve(bundle.fileName()),
                            StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        var checked = new ArrayList<Path>();
        for (var folder : installation.checkedFolders()) {
            checked.addAll(files(folder));
        }
        new DigestListWriter(keys, Clock.systemUTC()).write(output, checked, installation.digests());
    }

    /** What Maven asks a repository for beside each file; without it, newer versions complain at length. */
    private static void writeChecksums(Path repository) throws IOException {
        for (var file : files(repository)) {
            try {
                var hash = MessageDigest.getInstance("SHA-1").digest(Files.readAllBytes(file));
                Files.writeString(
                        file.resolveSibling(file.getFileName() + ".sha1"),
                        HexFormat.of().formatHex(hash));
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("every JDK has SHA-1", impossible);
            }
        }
    }

    private static void makeExecutable(Path script) throws IOException {
        if (Files.getFileStore(script).supportsFileAttributeView(PosixFileAttributeView.class)) {
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        for (var file : files(from)) {
            if (OF_THE_BUILD.contains(String.valueOf(file.getFileName()))) {
                continue;
            }
            var target = to.resolve(from.relativize(file));
            Files.createDirectories(target.resolve(".."));
            Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    static List<Path> files(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path emptied, @Nullable IOException failed) throws IOException {
                Files.delete(emptied);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
