package org.openclaw.launcher.claw.completion;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** For bash 3.2 and newer, without the package bash-completion. */
public final class BashCompletion {
    private final CommandSpec root;

    /** @param root the command with all its verbs */
    public BashCompletion(CommandSpec root) {
        this.root = root;
    }

    /** To be sourced. */
    public String script() {
        var name = root.name();
        return """
                # bash completion for NAME; source it, or put it where bash-completion looks.
                _NAME_files() { # pattern of names, or nothing for all; folders always
                    local file IFS=$'\\n'
                    compopt -o filenames 2>/dev/null
                    COMPREPLY=()
                    for file in $(compgen -f -- "$current"); do
                        if [[ -d $file || -z $1 || $file == $1 ]]; then COMPREPLY+=("$file"); fi
                    done
                }

                _NAME() {
                    local current=${COMP_WORDS[COMP_CWORD]} path= word option= index=1
                    COMPREPLY=()
                    while ((index < COMP_CWORD)); do # which verb, and whether an option waits for its value
                        word=${COMP_WORDS[index]}
                        if [[ $word == '=' ]]; then
                            :
                        elif [[ -n $option ]]; then
                            option=
                        elif [[ $word == -* ]]; then
                            case "$path:$word" in
                @VALUES@)
                                option=$word ;;
                            esac
                        else
                            case "$path:$word" in
                @PATHS@)
                                path="$path${path:+ }$word" ;;
                            esac
                        fi
                        ((index += 1))
                    done
                    [[ $current == '=' ]] && current=
                    if [[ -n $option ]]; then
                        case "$path:$option" in
                @OPTIONS@
                        esac
                    elif [[ $current == -* ]]; then
                        case $path in
                @NAMES@
                        esac
                    else
                        case $path in
                @WORDS@
                        esac
                    fi
                }

                complete -F _NAME NAME
                """.replace("@VALUES@", pattern(values()))
                .replace("@PATHS@", pattern(paths()))
                .replace("@OPTIONS@", lines(options()))
                .replace("@NAMES@", lines(names()))
                .replace("@WORDS@", lines(words()))
                .replace("NAME", name);
    }

    /** The options that take a value, as {@code path:option}. */
    private List<String> values() {
        return Words.all(root).stream()
                .flatMap(command -> command.options().stream()
                        .filter(Words::takesValue)
                        .flatMap(option -> Stream.of(option.names()).map(name -> command.path() + ":" + name)))
                .toList();
    }

    private List<String> paths() {
        return Words.all(root).stream()
                .flatMap(command -> command.verbs().keySet().stream().map(verb -> command.path() + ":" + verb))
                .toList();
    }

    private List<String> options() {
        var lines = new ArrayList<String>();
        for (var command : Words.all(root)) {
            for (var option : command.options()) {
                if (Words.takesValue(option) && Words.kind(option) != Words.Kind.OTHER) {
                    var cases = Stream.of(option.names())
                            .map(name -> "'" + command.path() + ":" + name + "'")
                            .collect(Collectors.joining("|"));
                    lines.add(cases + ") " + action(option) + " ;;");
                }
            }
        }
        return lines;
    }

    private List<String> names() {
        return Words.all(root).stream()
                .map(command -> "'%s') %s ;;"
                        .formatted(
                                command.path(),
                                reply(command.options().stream()
                                        .map(OptionSpec::longestName)
                                        .toList())))
                .toList();
    }

    private List<String> words() {
        var lines = new ArrayList<String>();
        for (var command : Words.all(root)) {
            var arguments = command.spec().positionalParameters();
            if (!command.verbs().isEmpty()) {
                lines.add("'%s') %s ;;"
                        .formatted(command.path(), reply(command.verbs().keySet())));
            } else if (!arguments.isEmpty() && Words.kind(arguments.getFirst()) != Words.Kind.OTHER) {
                lines.add("'%s') %s ;;".formatted(command.path(), action(arguments.getFirst())));
            }
        }
        return lines;
    }

    private static String action(ArgSpec argument) {
        return switch (Words.kind(argument)) {
            case JAR -> "_NAME_files '*.jar'";
            case FILE -> "_NAME_files";
            case FOLDER -> "_NAME_files '/'";
            case CHOICE -> reply(Words.choices(argument));
            case OTHER -> ":";
        };
    }

    private static String reply(Iterable<String> words) {
        return "COMPREPLY=($(compgen -W '" + String.join(" ", words) + "' -- \"$current\"))";
    }

    private static String pattern(List<String> words) {
        return words.isEmpty() ? "''" : "'" + String.join("'|'", words) + "'";
    }

    private static String lines(List<String> lines) {
        return lines.isEmpty() ? "*) ;;" : String.join("\n", lines);
    }
}
