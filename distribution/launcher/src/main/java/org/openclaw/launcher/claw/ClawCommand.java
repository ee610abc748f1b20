package org.openclaw.launcher.claw;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root of {@code claw}: lists the verbs, and turns what goes wrong in one into a sentence and an exit code. */
@Command(
        name = "claw",
        mixinStandardHelpOptions = true,
        versionProvider = ClawVersion.class,
        synopsisSubcommandLabel = "VERB",
        description = "Runs the OpenClaw container, and talks to one that runs.",
        footer = {"", "Exit codes: 0 done, 1 refused, 2 misused. 'claw VERB --help' explains a verb."},
        subcommands = {
            RunCommand.class,
            StopCommand.class,
            StatusCommand.class,
            SendCommand.class,
            AskCommand.class,
            QueryCommand.class,
            AgentsCommand.class,
            NewCommand.class,
            DeployCommand.class,
            UndeployCommand.class,
            BundlesCommand.class,
            PinCommand.class,
            UnpinCommand.class,
            KeygenCommand.class,
            SignCommand.class,
            VerifyCommand.class,
            TrustCommand.class,
            RevokeCommand.class,
            TokenCommand.class,
            HelpCommand.class,
        })
public final class ClawCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Ends the JVM with the verb's exit code. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The command line as {@code main} runs it; tests give it other writers. */
    public static CommandLine commandLine() {
        return new CommandLine(new ClawCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                // '@FILE' is the body of a message, not a file of arguments
                .setExpandAtFiles(false)
                .setExecutionExceptionHandler(ClawCommand::explain);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "claw: no verb (expected one of the following)");
    }

    /** A refusal is one paragraph and, where asked for, one JSON object; anything else is a fault of ours. */
    private static int explain(Exception thrown, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (!(thrown instanceof ClawException refused)) {
            throw thrown;
        }
        if (parsed.expandedArgs().contains("--json")) {
            command.getOut().println(Output.json(refused.problem()));
            command.getOut().flush();
        } else {
            command.getErr().println(refused.getMessage());
            command.getErr().flush();
        }
        return refused.exitCode();
    }
}
