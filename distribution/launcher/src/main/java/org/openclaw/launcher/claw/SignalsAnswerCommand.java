package org.openclaw.launcher.claw;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Answers a signal, so that the turn that waits for it goes on. */
@Command(
        name = "answer",
        description = "Answer a signal: the turn that waits for it goes on. Each is answered once.",
        footer = {
            "",
            "@|bold Examples|@",
            "  claw signals answer 1f-2a-0-0123456789abcdef true",
            "  claw signals answer 1f-2a-0-0123456789abcdef '\"approved\"'",
            "  claw signals answer 1f-2a-0-0123456789abcdef @answer.json"
        })
final class SignalsAnswerCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "ID", description = "The id of the signal, as 'claw signals' shows it.")
    private String id = "";

    @Parameters(
            index = "1",
            paramLabel = "JSON",
            description = "The answer as JSON, or @FILE, or - for standard input. A negative number comes behind '--'.")
    private String answer = "";

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        var bytes = TypedJson.bytes(answer, "answer");
        try (var api = server.api()) {
            var taken = api.post("/v1/signals/" + Api.encoded(id), bytes, Map.of(), Duration.ZERO)
                    .orThrow()
                    .json();
            var word = taken.path("duplicate").asBoolean(false)
                    ? "Answered before with the same, nothing has changed: "
                    : "Answered, its turn goes on: ";
            output.show(taken, word + Terminal.printable(id));
            return 0;
        }
    }
}
