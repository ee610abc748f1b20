package org.openclaw.launcher.claw.completion;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * One command with the words that may follow it.
 *
 * @param path the words that lead to it, without the first: {@code trust add}; empty for the root
 * @param spec the command
 */
record Words(String path, CommandSpec spec) {
    /** What a word stands for, as far as a shell can complete it. */
    enum Kind {
        /** A file whose name ends in .jar. */
        JAR,
        /** Any file. */
        FILE,
        /** A folder. */
        FOLDER,
        /** One of some words. */
        CHOICE,
        /** Nothing that a shell knows. */
        OTHER
    }

    /** The command and all below it, it first. */
    static List<Words> all(CommandSpec root) {
        var all = new ArrayList<Words>();
        collect("", root, all);
        return all;
    }

    private static void collect(String path, CommandSpec spec, List<Words> all) {
        all.add(new Words(path, spec));
        spec.subcommands().forEach((name, sub) -> {
            // an alias is completed, but not followed
            if (name.equals(sub.getCommandSpec().name())
                    && !sub.getCommandSpec().usageMessage().hidden()) {
                collect((path + " " + name).strip(), sub.getCommandSpec(), all);
            }
        });
    }

    /** The verbs below it, with what each does. */
    Map<String, String> verbs() {
        var verbs = new LinkedHashMap<String, String>();
        spec.subcommands().forEach((name, sub) -> {
            if (!sub.getCommandSpec().usageMessage().hidden()) {
                var usage = sub.getCommandSpec().usageMessage();
                verbs.put(name, sentence(usage.header().length > 0 ? usage.header() : usage.description()));
            }
        });
        return verbs;
    }

    List<OptionSpec> options() {
        return spec.options().stream().filter(option -> !option.hidden()).toList();
    }

    static boolean takesValue(OptionSpec option) {
        return option.arity().max() > 0;
    }

    static Kind kind(ArgSpec argument) {
        var label = argument.paramLabel().toUpperCase(Locale.ROOT);
        var type = argument.typeInfo().isMultiValue()
                ? argument.typeInfo().getAuxiliaryTypes()[0]
                : argument.typeInfo().getType();
        if (type.isEnum()) {
            return Kind.CHOICE;
        }
        if (label.contains("JAR")) {
            return Kind.JAR;
        }
        if (label.contains("DIR")) {
            return Kind.FOLDER;
        }
        return Path.class.isAssignableFrom(type) || label.contains("CERT") ? Kind.FILE : Kind.OTHER;
    }

    static List<String> choices(ArgSpec argument) {
        return Arrays.stream(
                        argument.typeInfo().getType().getEnumConstants() == null
                                ? argument.typeInfo().getAuxiliaryTypes()[0].getEnumConstants()
                                : argument.typeInfo().getType().getEnumConstants())
                .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** The first sentence of a description. */
    static String sentence(String... description) {
        var text = description.length == 0 ? "" : String.join(" ", description);
        return text.replaceFirst("(?s)(\\.|^[^(]*?:) .*", "$1").replaceFirst("[.:]$", "");
    }
}
