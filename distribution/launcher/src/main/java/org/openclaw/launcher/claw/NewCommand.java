package org.openclaw.launcher.claw;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Begins new projects. */
@Command(name = "new", description = "Begin a project of your own.", subcommands = NewAgentCommand.class)
final class NewCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Output output = new Output();

    @Override
    public void run() {
        var ignored = output.asJson();
        throw new ParameterException(spec.commandLine(), "claw new: no kind of project (expected: agent)");
    }
}
