package org.openclaw.launcher.claw;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the token to log in with, for whoever cannot open the file that holds it: in a container there is no {@code cat}. */
@Command(
        name = "token",
        description = "Print the administrator's token of this home, to log in with. Keep it as secret as its file is.")
final class TokenCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Mixin
    private HomeOption home = new HomeOption();

    @Option(names = "--reader", description = "Print the token that may look, and change nothing.")
    private boolean reader;

    @Override
    public Integer call() {
        var file = reader ? home.home().readerToken() : home.home().adminToken();
        var token = Connection.token(file);
        output.show(Map.of("token", token), token);
        return ExitCode.OK;
    }
}
