package org.openclaw.launcher.claw;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING;

import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The root of {@code claw}: lists the verbs, and turns what goes wrong in one into a sentence and an exit code. */
@Command(
        name = "claw",
        mixinStandardHelpOptions = true,
        versionProvider = ClawVersion.class,
        synopsisSubcommandLabel = "VERB",
        description = "Runs the OpenClaw container, and talks to one that runs.",
        footer = {
            "",
            "@|bold Examples|@",
            "  claw run --home ~/claw --port 9000          a container with a home of its own",
            "  claw keygen acme --bundles 'acme.*'         a publisher, once",
            "  claw sign my-agent.jar --key acme           and, for each release,",
            "  claw deploy --wait my-agent.jar             sign and deploy",
            "  claw ask triage/checkout Status             ask an agent",
            "  claw tail triage                            see what its agents do",
            "  claw status --watch                         see how it is",
            "  claw doctor                                 find out why it is not",
            "",
            "Every verb has --help and --json. Exit codes: 0 done, 1 refused, 2 misused."
        })
public final class ClawCommand implements Runnable {
    /** In the order of the help; the verb {@code x} is a class {@code XCommand}. */
    private static final List<Class<?>> VERBS = List.of(
            RunCommand.class,
            StopCommand.class,
            StatusCommand.class,
            DoctorCommand.class,
            AotCommand.class,
            SendCommand.class,
            AskCommand.class,
            QueryCommand.class,
            AgentsCommand.class,
            TailCommand.class,
            TopicsCommand.class,
            ReplayCommand.class,
            SignalsCommand.class,
            DeadCommand.class,
            CapabilitiesCommand.class,
            LimitsCommand.class,
            SchemasCommand.class,
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
            CheckpointCommand.class,
            LogCommand.class,
            CompletionCommand.class,
            RehearseCommand.class,
            HelpCommand.class);

    /** Those that tell about the others. */
    private static final Set<Class<?>> KNOWING_ALL = Set.of(HelpCommand.class, CompletionCommand.class);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Ends the JVM with the verb's exit code. */
    public static void main(String[] arguments) {
        Preparation.begin(arguments);
        System.exit(commandLine(arguments).execute(arguments));
    }

    /**
     * The command line as {@code main} runs it; tests give it other writers.
     *
     * @param arguments what it will execute: when they name a verb, it knows that one alone, because making the others costs
     *     more than most verbs do; none: it knows every verb
     */
    public static CommandLine commandLine(String... arguments) {
        var line = new CommandLine(new ClawCommand());
        verbs(arguments).forEach(line::addSubcommand);
        line.getHelpSectionMap().put(SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
        line.getHelpSectionMap().put(SECTION_KEY_COMMAND_LIST, new VerbGroups());
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(new Misuse())
                // '@FILE' is the body of a message, not a file of arguments
                .setExpandAtFiles(false)
                .setExecutionExceptionHandler(ClawCommand::explain);
    }

    private static List<Class<?>> verbs(String... arguments) {
        if (arguments.length > 0) {
            for (var verb : VERBS) {
                if (verb.getSimpleName().equalsIgnoreCase(arguments[0] + "Command") && !KNOWING_ALL.contains(verb)) {
                    return List.of(verb);
                }
            }
        }
        return VERBS;
    }

    @Override
    public void run() {
        throw new Misuse.NoVerb(spec.commandLine());
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
            var text = String.valueOf(refused.getMessage());
            command.getErr().println(Terminal.here().paragraphs(text));
            command.getErr().flush();
        }
        return refused.exitCode();
    }
}
