package org.openclaw.launcher.claw;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A home whose container answers, and {@code claw} typed at it. */
final class ClientFixture implements AutoCloseable {
    static final String TOKEN = "oc_0123456789";

    /**
     * What came of a command.
     *
     * @param exit its exit code
     * @param out what it printed
     * @param err what it complained
     */
    record Result(int exit, String out, String err) {}

    final FakeServer server = new FakeServer();
    private final Path home;

    ClientFixture(Path home) throws IOException {
        this.home = home;
        Files.createDirectories(home.resolve("conf"));
        Files.createDirectories(home.resolve("data"));
        Files.writeString(home.resolve("conf/admin.token"), TOKEN + "\n");
        running(server.url());
    }

    /** Writes what a container says of itself when it is ready. */
    void running(String url) throws IOException {
        Files.writeString(home.resolve("data/running.json"), "{\"pid\":7,\"url\":\"" + url + "\"}");
    }

    Result claw(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--home", home.toString()));
        return typed(all.toArray(String[]::new));
    }

    /** Types a command that does not name this home. */
    static Result typed(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int exit = ClawCommand.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Result(exit, out.toString().strip(), err.toString().strip());
    }

    @Override
    public void close() {
        server.close();
    }
}
