package org.openclaw.launcher.claw;

import java.util.concurrent.Callable;
import org.openclaw.launcher.claw.doctor.Quantity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** Lists the checkpoints. */
@Command(name = "list", description = "List the checkpoints that are kept, from the oldest on.")
final class CheckpointListCommand implements Callable<Integer> {
    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        try (var api = server.api()) {
            var json = api.get(CheckpointCommand.PATH).orThrow().json();
            output.show(json, table(json.path("checkpoints")));
            return 0;
        }
    }

    private static String table(JsonNode checkpoints) {
        if (checkpoints.isEmpty()) {
            return "There are no checkpoints. Take one with 'claw checkpoint'.";
        }
        var table = new TextTable((_, cell) -> cell, "NAME", "TAKEN", "SIZE");
        for (var checkpoint : checkpoints) {
            table.row(
                    checkpoint.path("name").asString(""),
                    checkpoint.path("at").asString(""),
                    Quantity.bytes(checkpoint.path("bytes").asLong(0)));
        }
        return table.render(Terminal.here().width());
    }
}
