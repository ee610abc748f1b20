package org.openclaw.launcher.claw;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openclaw.launcher.claw.doctor.Quantity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Takes a checkpoint; its own verbs list and delete them. */
@Command(
        name = "checkpoint",
        description = {
            "Take a checkpoint: a copy of what the agents know and what waits, while the container runs.",
            "'claw run --from NAME' starts from one. Copy it elsewhere to have a backup."
        },
        subcommands = {CheckpointListCommand.class, CheckpointDeleteCommand.class})
final class CheckpointCommand implements Callable<Integer> {
    static final String PATH = "/v1/checkpoints";

    /** A big store takes its time. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        try (var api = server.api()) {
            var taken =
                    api.post(PATH, new byte[0], Map.of(), PATIENCE).orThrow().json();
            var name = taken.path("name").asString("");
            var fields = new LinkedHashMap<String, Object>();
            taken.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
            var text = "Took %s: %s"
                    .formatted(name, Quantity.bytes(taken.path("bytes").asLong(0)));
            if (server.named().isEmpty()) {
                var folder = server.home().data().resolve("checkpoints").resolve(name);
                fields.put("path", folder.toString());
                text += " in " + folder;
            }
            output.show(fields, Terminal.printable(text + "."));
            return 0;
        }
    }
}
