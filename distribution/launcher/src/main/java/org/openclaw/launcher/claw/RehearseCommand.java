package org.openclaw.launcher.claw;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/**
 * Types the one command that people type all day, at the container that runs for
 * {@link org.openclaw.launcher.aot.Training}: so that a cache holds what answers it. No more than that: the JVM links at each
 * start all that a cache holds, so what the other verbs need would cost this one more than it saves them. What comes of it
 * does not matter.
 */
@Command(name = "rehearse", hidden = true, description = "Ask a container what people ask; for the training of caches.")
final class RehearseCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Mixin
    private HomeOption home = new HomeOption();

    @Override
    public Integer call() {
        var status = new String[] {"status", "--home", home.home().folder().toString()};
        var nowhere = new PrintWriter(Writer.nullWriter());
        ClawCommand.commandLine(status).setOut(nowhere).setErr(nowhere).execute(status);
        output.show(Map.of("rehearsed", true), "Rehearsed.");
        return ExitCode.OK;
    }
}
