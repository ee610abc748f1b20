package org.openclaw.launcher.claw;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks at the journal of a home. */
@Command(
        name = "log",
        description = "Look at the journal: what was committed, frame by frame, and whether it is whole.",
        subcommands = LogInspectCommand.class)
final class LogCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Output output = new Output();

    @Override
    public void run() {
        var ignored = output.asJson();
        throw new ParameterException(spec.commandLine(), "No verb (expected: inspect).");
    }
}
