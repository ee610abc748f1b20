package org.openclaw.launcher.claw.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What the checks ask of the machine; tests give other answers. */
public interface Machine {
    /** The environment of this process. */
    Map<String, String> environment();

    /** A system property of this process; empty where there is none. */
    String property(String name);

    /** The Java that runs this. */
    Java java();

    /** The file system that a file lies on. */
    Volume volume(Path file) throws IOException;

    /** Whether this user may write a folder. */
    boolean writable(Path folder);

    /** Who listens on a TCP port, in a few words; empty where that cannot be seen. */
    Optional<String> listener(int port);

    /**
     * A Java.
     *
     * @param feature such as 25
     * @param version in full
     * @param home where it lies
     */
    record Java(int feature, String version, Path home) {}

    /**
     * A file system.
     *
     * @param name tells it from others
     * @param freeBytes what this user may still write
     * @param totalBytes its size
     * @param readOnly whether nobody may write
     */
    record Volume(String name, long freeBytes, long totalBytes, boolean readOnly) {}

    /** The one that this process runs on. */
    static Machine here() {
        return new Machine() {
            @Override
            public Map<String, String> environment() {
                return System.getenv();
            }

            @Override
            public String property(String name) {
                return System.getProperty(name, "");
            }

            @Override
            public Java java() {
                var version = Runtime.version();
                return new Java(version.feature(), version.toString(), Path.of(System.getProperty("java.home", "")));
            }

            @Override
            public Volume volume(Path file) throws IOException {
                var store = Files.getFileStore(file);
                return new Volume(store.toString(), store.getUsableSpace(), store.getTotalSpace(), store.isReadOnly());
            }

            @Override
            public boolean writable(Path folder) {
                return Files.isWritable(folder);
            }

            @Override
            public Optional<String> listener(int port) {
                return PortHolder.of(port);
            }
        };
    }
}
