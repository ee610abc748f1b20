package org.openclaw.launcher.assembly;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;

/**
 * Gives classes that were compiled for Java 5 or older the stack maps that all younger ones have. Without them the JVM
 * verifies a class by the old, slow way at each start, and never keeps it in an ahead-of-time cache.
 */
final class StackMaps {
    /** Java 6 brought stack maps; Java 7 made them a must. */
    private static final int FIRST_WITH_STACK_MAPS = ClassFile.JAVA_6_VERSION;

    private static final int MODERN = ClassFile.JAVA_8_VERSION;

    private StackMaps() {}

    static boolean areMissing(byte[] classFile) {
        return ClassFile.of().parse(classFile).majorVersion() < FIRST_WITH_STACK_MAPS;
    }

    /** The same class with stack maps. What it extends must be on the class path of this JVM. */
    static byte[] of(byte[] classFile) {
        var files = ClassFile.of(StackMapsOption.GENERATE_STACK_MAPS);
        ClassTransform modern = (builder, element) -> {
            if (element instanceof ClassFileVersion) {
                builder.withVersion(MODERN, 0);
            } else {
                builder.with(element);
            }
        };
        return files.transformClass(
                files.parse(classFile),
                ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)
                        .andThen(modern));
    }
}
