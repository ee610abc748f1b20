package org.openclaw.image.assembly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Lays out the files of the image, one folder for each layer, in the order in which they change: {@code system} (C library,
 * users, the home's folders), {@code java} (the runtime), {@code libraries} (jars of others), {@code openclaw} (ours, and
 * whatever is signed anew by each build). What lies below such a folder is where it will be in the image.
 *
 * @param installation what {@code distribution/container} has made
 * @param conf what the image adds to the installation's {@code conf/}
 * @param layers where the folders are made
 */
record ImageAssembly(Path installation, Path conf, Path layers) {
    /** Where the JVM is in the image. */
    static final String JAVA = "opt/java";
    /** Where the installation is in the image. */
    static final String INSTALLATION = "opt/openclaw";

    private static final String MODULES = "modules=";
    private static final String HOME = "var/lib/openclaw";
    private static final List<String> INSTALLED =
            List.of("bin", "bundles", "conf", "features", "lib", "digests.txt", "digests.txt.p7s");

    /**
     * Arguments: installation folder, folder of more configuration, folder of the layers, base image, and {@code modules=}
     * with further modules of the JDK, separated by commas, or with none.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 5 || !arguments[4].startsWith(MODULES)) {
            throw new IllegalArgumentException("arguments: %s (expected: INSTALLATION CONF LAYERS BASE modules=NAMES)"
                    .formatted(List.of(arguments)));
        }
        try {
            new ImageAssembly(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]))
                    .run(arguments[3].equals("scratch"), arguments[4].substring(MODULES.length()));
        } catch (IllegalStateException refused) {
            // one sentence, and no trace of ours around it
            System.err.println(refused.getMessage());
            System.exit(1);
        }
    }

    private void run(boolean fromScratch, String modules) throws IOException, InterruptedException {
        var runtime = layers.resolve("java").resolve(JAVA);
        new JavaRuntime(runtime).link(modules);
        Tree.delete(layers.resolve("system"));
        home(layers.resolve("system"));
        if (fromScratch) {
            new SystemFiles(layers.resolve("system")).write();
            new SharedLibraries(runtime).copyTo(layers.resolve("system"));
        }
        Tree.delete(layers.resolve("libraries"));
        Tree.delete(layers.resolve("openclaw"));
        install();
        new ClawScript(installation, layers.resolve("openclaw")).write();
    }

    private static void home(Path root) throws IOException {
        for (var folder : List.of("conf", "data", "logs")) {
            Tree.folder(root.resolve(HOME).resolve(folder), "rwx------");
        }
        Tree.folder(root.resolve(HOME).resolve("deploy"), "rwxr-xr-x");
        Tree.folder(root.resolve("tmp"), "rwx------");
    }

    private void install() throws IOException {
        var ours = layers.resolve("openclaw").resolve(INSTALLATION);
        var others = layers.resolve("libraries").resolve(INSTALLATION);
        for (var name : INSTALLED) {
            var from = installation.resolve(name);
            for (var file : Tree.files(from)) {
                var jar = file.getFileName().toString();
                boolean foreign = jar.endsWith(".jar") && !jar.startsWith("org.openclaw.");
                Tree.copy(file, (foreign ? others : ours).resolve(installation.relativize(file)));
            }
        }
        for (var file : Tree.files(conf)) {
            Tree.copy(file, ours.resolve("conf").resolve(conf.relativize(file)));
        }
        if (Files.exists(ours.resolve("conf/keys"))) {
            throw new IllegalStateException(
                    "%s holds keys (expected: an installation that nobody has started). Build it again."
                            .formatted(installation.resolve("conf")));
        }
    }
}
