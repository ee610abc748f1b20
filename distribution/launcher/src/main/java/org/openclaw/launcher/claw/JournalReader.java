package org.openclaw.launcher.claw;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.openclaw.launcher.Installation;

/**
 * The form of the journal is known to its bundle alone, which runs in no framework here: its class is taken from the jars of
 * the installation, and answers in types of the JDK.
 */
final class JournalReader implements AutoCloseable {
    private static final String CLASS = "org.openclaw.store.journal.Inspection";
    private static final List<String> BUNDLES = List.of(
            "org.openclaw.store.journal",
            "org.openclaw.store.api",
            "org.openclaw.message.api",
            "org.openclaw.schema.api");

    private final URLClassLoader loader;
    private final Method method;

    /** A journal that is about to be read. */
    @FunctionalInterface
    interface Reading {
        /** Reads it, handing out each frame, and says what it has found. */
        Map<String, Object> each(Consumer<Map<String, Object>> frame) throws IOException;
    }

    private JournalReader(URLClassLoader loader) throws ReflectiveOperationException {
        this.loader = loader;
        this.method = loader.loadClass(CLASS).getMethod("of", Path.class, boolean.class, Consumer.class);
    }

    static JournalReader of(Installation installation) throws IOException {
        var loader = new URLClassLoader(jars(installation), JournalReader.class.getClassLoader());
        try {
            return new JournalReader(loader);
        } catch (ReflectiveOperationException | LinkageError other) {
            loader.close();
            throw ClawException.refused(
                    "installation.incomplete",
                    "The journal's bundle in %s cannot be used: %s (expected: that of this release). Install it again."
                            .formatted(installation.bundles(), other));
        }
    }

    private static URL[] jars(Installation installation) throws IOException {
        var jars = new ArrayList<URL>();
        for (var bundle : BUNDLES) {
            try (var files = Files.newDirectoryStream(installation.bundles(), bundle + "-*.jar")) {
                for (var file : files) {
                    jars.add(file.toUri().toURL());
                }
            }
        }
        return jars.toArray(URL[]::new);
    }

    /** @param values whether the frames have the values, as {@code byte[]} */
    Reading read(Path folder, boolean values) {
        return frame -> invoke(folder, values, frame);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> invoke(Path folder, boolean values, Consumer<Map<String, Object>> frame)
            throws IOException {
        try {
            return (Map<String, Object>) method.invoke(null, folder, values, frame);
        } catch (InvocationTargetException thrown) {
            switch (thrown.getCause()) {
                case IOException failed ->
                    throw ClawException.refused("journal.unreadable", "The journal cannot be read: " + reason(failed));
                case RuntimeException failed -> throw failed;
                case Error failed -> throw failed;
                case null, default -> throw new IllegalStateException(thrown);
            }
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(CLASS + " is public", impossible);
        }
    }

    /** Exceptions of the file system say no more than the file. */
    private static String reason(IOException failed) {
        return failed.getClass().getName().startsWith("java.")
                ? failed.toString()
                : String.valueOf(failed.getMessage());
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
