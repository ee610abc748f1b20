package org.openclaw.launcher.image;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * A program and its arguments.
 *
 * @param line the program's absolute path, then its arguments
 */
record Program(List<String> line) {
    Program {
        line = List.copyOf(line);
    }

    /**
     * Runs it in place of this process, with its id, its environment and its open streams: {@code execv(3)}. Returns only when
     * that fails, after having said so.
     */
    @SuppressWarnings("restricted") // the JVM is started with --enable-native-access for this one call
    void replaceThisProcess() {
        var linker = Linker.nativeLinker();
        var execv = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("execv"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
        try (var arena = Arena.ofConfined()) {
            // a null pointer ends it
            var arguments = arena.allocate(ValueLayout.ADDRESS, line.size() + 1L);
            for (int i = 0; i < line.size(); i++) {
                arguments.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(line.get(i)));
            }
            arguments.setAtIndex(ValueLayout.ADDRESS, line.size(), MemorySegment.NULL);
            var failed = (int) execv.invokeExact(arena.allocateFrom(line.getFirst()), arguments);
            System.err.println("Cannot run %s: execv answers %d (expected: a program that this user may run)."
                    .formatted(line.getFirst(), failed));
        } catch (Throwable impossible) {
            throw new IllegalStateException("execv takes a path and its arguments", impossible);
        }
    }
}
