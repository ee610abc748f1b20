package org.openclaw.launcher.claw.completion;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** For zsh 5, with what each verb and option does beside it. A function for each command, found by the completion system. */
public final class ZshCompletion {
    private final CommandSpec root;

    /** @param root the command with all its verbs */
    public ZshCompletion(CommandSpec root) {
        this.root = root;
    }

    /** To be sourced after compinit, or to be put into a folder of {@code fpath} as {@code _claw}. */
    public String script() {
        var script = new StringBuilder("#compdef " + root.name() + "\n# zsh completion for " + root.name() + ".\n");
        Words.all(root).forEach(command -> script.append('\n').append(function(command)));
        return script.append("""

                # as a file of fpath this is the body of the function; sourced, it only defines it
                if [[ ${funcstack[1]} == _NAME ]]; then
                    _NAME "$@"
                else
                    compdef _NAME NAME
                fi
                """.replace("NAME", root.name())).toString();
    }

    private String function(Words command) {
        var lines = new ArrayList<String>();
        command.options().forEach(option -> lines.add(option(option)));
        var verbs = command.verbs();
        if (verbs.isEmpty()) {
            command.spec().positionalParameters().forEach(argument -> lines.add(argument(argument)));
            return "%s() {\n    _arguments -s \\\n%s\n}\n".formatted(name(command.path()), joined(lines));
        }
        lines.add("'1: :->verb'");
        lines.add("'*:: :->rest'");
        return """
                FUNCTION() {
                    local context state state_descr line
                    typeset -A opt_args
                    local -a verbs=(
                VERBS
                    )
                    _arguments -C -s \\
                ARGUMENTS
                    case $state in
                        verb) _describe -t verbs verb verbs ;;
                        rest)
                            case $line[1] in
                CASES
                            esac ;;
                    esac
                }
                """.replace("FUNCTION", name(command.path()))
                .replace(
                        "VERBS",
                        verbs.entrySet().stream()
                                .map(verb -> "        '" + quoted(verb.getKey()) + ":" + quoted(verb.getValue()) + "'")
                                .collect(Collectors.joining("\n")))
                .replace("ARGUMENTS", joined(lines))
                .replace(
                        "CASES",
                        command.spec().subcommands().entrySet().stream()
                                .filter(verb -> verbs.containsKey(verb.getKey()))
                                .map(verb -> "                %s) %s ;;"
                                        .formatted(
                                                verb.getKey(),
                                                name((command.path() + " "
                                                                + verb.getValue()
                                                                        .getCommandName())
                                                        .strip())))
                                .collect(Collectors.joining("\n")));
    }

    private String name(String path) {
        return "_" + root.name()
                + (path.isEmpty() ? "" : "_" + path.replace(' ', '_').replace('-', '_'));
    }

    private static String joined(List<String> lines) {
        return lines.stream().map(line -> "        " + line).collect(Collectors.joining(" \\\n"));
    }

    /** {@code '(-h --help)'{-h,--help}'[Explain it]'}. */
    private static String option(OptionSpec option) {
        var value = Words.takesValue(option) ? ":" + label(option) + ":" + action(option) : "";
        var text = "[" + quoted(Words.sentence(option.description())) + "]" + value + "'";
        var names = option.names();
        var repeated = option.isMultiValue() ? "*" : "";
        return names.length == 1
                ? "'" + repeated + names[0] + text
                : "'" + (repeated.isEmpty() ? "(" + String.join(" ", names) + ")" : repeated) + "'{"
                        + String.join(",", names) + "}'" + text;
    }

    private static String argument(PositionalParamSpec argument) {
        var place = argument.arity().max() > 1
                ? "*"
                : String.valueOf(argument.index().min() + 1);
        var optional = argument.arity().min() == 0 ? "::" : ":";
        return "'" + place + optional + label(argument) + ":" + action(argument) + "'";
    }

    private static String label(ArgSpec argument) {
        return quoted(argument.paramLabel().replaceAll("[<>]", ""));
    }

    private static String action(ArgSpec argument) {
        return switch (Words.kind(argument)) {
            case JAR -> "_files -g \"*.jar\"";
            case FILE -> "_files";
            case FOLDER -> "_files -/";
            case CHOICE -> "(" + String.join(" ", Words.choices(argument)) + ")";
            case OTHER -> " ";
        };
    }

    /** Within single quotes, and where colons and brackets mean something. */
    private static String quoted(String text) {
        return text.replace("\\", "\\\\")
                .replace("'", "'\\''")
                .replace("[", "\\[")
                .replace("]", "\\]")
                .replace(":", "\\:");
    }
}
