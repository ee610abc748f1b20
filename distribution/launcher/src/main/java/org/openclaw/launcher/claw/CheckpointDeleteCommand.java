package org.openclaw.launcher.claw;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Deletes a checkpoint. */
@Command(name = "delete", description = "Delete a checkpoint for good.")
final class CheckpointDeleteCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "Its name, as 'claw checkpoint list' shows it.")
    private String name = "";

    @Mixin
    private YesOption yes = new YesOption();

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        yes.require("Delete the checkpoint " + name + " for good?");
        try (var api = server.api()) {
            var _ = api.delete(CheckpointCommand.PATH + "/" + Api.encoded(name)).orThrow();
            output.show(Map.of("deleted", name), Terminal.printable("Deleted " + name + "."));
            return 0;
        }
    }
}
