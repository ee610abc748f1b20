package org.openclaw.launcher.claw;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.openclaw.launcher.RunningFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** Tells what runs on a home. */
@Command(
        name = "status",
        description = "Tell whether a container runs on this home, where it listens, and whether it takes work.")
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Mixin
    private HomeOption home = new HomeOption();

    @Override
    public Integer call() throws IOException {
        var running = RunningFile.of(home.home()).orElseThrow(() -> NotRunning.on(home.home()));
        var missing = running.missing();
        var fields = new LinkedHashMap<String, Object>();
        fields.put("pid", running.pid());
        fields.put("url", running.url());
        fields.put("ready", missing.isEmpty());
        missing.ifPresent(why -> fields.put("missing", why));
        var state = missing.map(why -> "not ready: " + why).orElse("ready");
        output.show(fields, "Process %d, %s, %s.".formatted(running.pid(), running.url(), state));
        return ExitCode.OK;
    }
}
