package org.openclaw.schema.processor;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * What came of compiling a few sources with the processor.
 *
 * @param output where classes, descriptors and generated sources are
 * @param errors the compiler's errors as {@code File.java:line: text}
 */
record Compilation(Path output, List<String> errors) {
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
    private static final Pattern TYPE =
            Pattern.compile("(?m)^(?:public |final |abstract |sealed )*(?:class|record|interface|enum) (\\w+)");

    /** Compiles with everything that is on the class path of the tests. */
    static Compilation of(Path folder, String... sources) {
        return of(folder, System.getProperty("java.class.path"), List.of(sources));
    }

    /** Compiles without the jar of that name. */
    static Compilation without(String jar, Path folder, String... sources) {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.contains(jar))
                .collect(Collectors.joining(File.pathSeparator));
        return of(folder, classPath, List.of(sources));
    }

    private static Compilation of(Path folder, String classPath, List<String> sources) {
        try {
            Path output = Files.createDirectories(folder.resolve("classes"));
            var files = new ArrayList<Path>();
            for (String source : sources) {
                files.add(write(folder.resolve("src"), source));
            }
            JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
            var diagnostics = new DiagnosticCollector<JavaFileObject>();
            try (StandardJavaFileManager manager =
                    javac.getStandardFileManager(diagnostics, Locale.ROOT, StandardCharsets.UTF_8)) {
                var task = javac.getTask(
                        null,
                        manager,
                        diagnostics,
                        List.of("-d", output.toString(), "-s", output.toString(), "-cp", classPath),
                        null,
                        manager.getJavaFileObjectsFromPaths(files));
                task.setProcessors(List.of(new AgentTypeProcessor()));
                task.call();
            }
            return new Compilation(
                    output,
                    diagnostics.getDiagnostics().stream()
                            .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                            .map(Compilation::line)
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path write(Path folder, String source) throws IOException {
        Matcher named = PACKAGE.matcher(source);
        Matcher type = TYPE.matcher(source);
        if (!named.find() || !type.find()) {
            throw new IllegalArgumentException("no package or no type in: " + source);
        }
        Path file = folder.resolve(named.group(1).replace('.', '/') + "/" + type.group(1) + ".java");
        Files.createDirectories(file.getParent());
        return Files.writeString(file, source);
    }

    private static String line(Diagnostic<? extends JavaFileObject> diagnostic) {
        JavaFileObject source = diagnostic.getSource();
        String file = source == null
                ? "nowhere"
                : Path.of(source.getName()).getFileName().toString();
        return "%s:%d: %s".formatted(file, diagnostic.getLineNumber(), diagnostic.getMessage(Locale.ROOT));
    }

    /** The text of a file in the output. */
    String text(String path) {
        if (!errors.isEmpty()) {
            throw new AssertionError("does not compile: " + errors);
        }
        try {
            return Files.readString(output.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
