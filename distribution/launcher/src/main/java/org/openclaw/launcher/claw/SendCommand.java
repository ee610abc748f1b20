package org.openclaw.launcher.claw;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Sends a message and does not wait for what becomes of it. */
@Command(name = "send", description = "Send a message to an agent; returns as soon as it is accepted.")
final class SendCommand implements Callable<Integer> {
    @Mixin
    private MessageArguments message = new MessageArguments();

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        try (var api = server.api()) {
            var receipt = message.post(api, Duration.ZERO).orThrow().json();
            var word = receipt.path("duplicate").asBoolean(false)
                    ? "Accepted before, nothing has changed"
                    : "Accepted by " + message.address();
            output.show(receipt, word + ": receipt " + receipt.path("receipt").asString(""));
            return 0;
        }
    }
}
