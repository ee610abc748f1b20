package org.openclaw.launcher.claw;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.openclaw.launcher.Suggestion;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what was typed wrongly, in a sentence or two, what may have been meant, and where the rest stands. */
final class Misuse implements IParameterExceptionHandler {
    /** Nothing was typed that could be explained: the whole help is the answer. */
    static final class NoVerb extends ParameterException {
        private static final long serialVersionUID = 1L;

        NoVerb(CommandLine command) {
            super(command, "No verb (expected: one of those below).");
        }
    }

    @Override
    public int handleParseException(ParameterException misused, String[] arguments) {
        var command = misused.getCommandLine();
        var spec = command.getCommandSpec();
        var text = Terminal.printable(spec.qualifiedName() + ": " + text(misused, spec));
        if (Arrays.asList(arguments).contains("--json")) {
            command.getOut().println(Output.json(ClawException.misused(text).problem()));
            command.getOut().flush();
        }
        var err = command.getErr();
        err.println(Terminal.here().paragraphs(text));
        if (misused instanceof NoVerb) {
            command.usage(err);
        } else {
            err.println("See '" + spec.qualifiedName() + " --help'.");
        }
        err.flush();
        return spec.exitCodeOnInvalidInput();
    }

    private static String text(ParameterException misused, CommandSpec spec) {
        if (misused instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            return unmatched(unmatched.getUnmatched().getFirst(), spec);
        }
        var text = String.valueOf(misused.getMessage());
        return text.endsWith(".") || text.endsWith(")") ? text : text + ".";
    }

    private static String unmatched(String typed, CommandSpec spec) {
        if (typed.startsWith("-")) {
            var name = typed.split("=", 2)[0];
            return "There is no option '" + name + "'." + Suggestion.sentence(name, options(spec));
        }
        var verbs = spec.subcommands().keySet();
        return verbs.isEmpty() || !spec.positionalParameters().isEmpty()
                ? "'" + typed + "' is more than it takes."
                : "There is no verb '" + typed + "'." + Suggestion.sentence(typed, verbs);
    }

    private static Collection<String> options(CommandSpec spec) {
        var names = new ArrayList<String>();
        spec.options().forEach(option -> names.addAll(List.of(option.names())));
        return names;
    }
}
