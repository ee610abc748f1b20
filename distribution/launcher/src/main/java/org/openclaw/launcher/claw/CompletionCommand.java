package org.openclaw.launcher.claw;

import java.util.Map;
import java.util.concurrent.Callable;
import org.openclaw.launcher.claw.completion.BashCompletion;
import org.openclaw.launcher.claw.completion.ZshCompletion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints what makes a shell complete the words of {@code claw}. */
@Command(
        name = "completion",
        description = "Print a script that makes bash or zsh complete verbs, options and files.",
        footer = {
            "",
            "bash, in ~/.bashrc:  source <(claw completion bash)",
            "zsh, in ~/.zshrc after compinit:  source <(claw completion zsh)",
            "or once, as a file that zsh finds:  claw completion zsh > \"${fpath[1]}/_claw\""
        })
final class CompletionCommand implements Callable<Integer> {
    /** The shells that there are scripts for. */
    private enum Shell {
        BASH,
        ZSH
    }

    @Parameters(paramLabel = "SHELL", description = "One of: bash, zsh.")
    private Shell shell = Shell.BASH;

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        // what runs this may know no other verb
        var root = ClawCommand.commandLine().getCommandSpec();
        var script = switch (shell) {
            case BASH -> new BashCompletion(root).script();
            case ZSH -> new ZshCompletion(root).script();
        };
        output.show(Map.of("script", script), script.stripTrailing());
        return 0;
    }
}
