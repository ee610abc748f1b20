package org.openclaw.launcher.claw;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openclaw.launcher.Home;
import org.openclaw.launcher.Installation;
import org.openclaw.launcher.Release;
import org.openclaw.launcher.RunningFile;
import org.openclaw.launcher.claw.doctor.Diagnosis;
import org.openclaw.launcher.claw.doctor.Doctor;
import org.openclaw.launcher.claw.doctor.Finding;
import org.openclaw.launcher.claw.doctor.Machine;
import org.openclaw.launcher.claw.doctor.ServerView;
import org.openclaw.launcher.claw.doctor.Situation;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** Looks for what is wrong with an installation, a home, and the container that runs on it. */
@Command(
        name = "doctor",
        description = {
            "Look for what is wrong with the installation, this home and what runs on it, and say how to mend it.",
            "Nothing is changed. Exit code 0: nothing is wrong, there may be hints; 1: something is; 2: misused."
        })
final class DoctorCommand implements Callable<Integer> {
    @Mixin
    private HomeOption home = new HomeOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() throws IOException {
        var where = home.home();
        var progress = TerminalProgress.onStandardError();
        var running = running(where);
        var situation = new Situation(
                Installation.here(),
                where,
                running,
                ask(where, running),
                Machine.here(),
                Clock.systemUTC().instant(),
                progress);
        var diagnosis = Doctor.withAllChecks().examine(situation);
        progress.clear();
        output.show(json(situation, diagnosis), output.asJson() ? "" : text(diagnosis));
        return diagnosis.well() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    /** A lock that cannot be looked at is found by the checks. */
    private static Optional<RunningFile> running(Home home) {
        try {
            return RunningFile.of(home);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static ServerView ask(Home home, Optional<RunningFile> running) {
        var url = running.map(RunningFile::url).orElse("");
        if (url.isEmpty()) {
            return new ServerView.Absent();
        }
        try (var api =
                new Api(new Connection(Connection.server(url, home.running().toString()), Connection.token(home)))) {
            var answer = api.get("/v1/status");
            if (answer.status() == HttpURLConnection.HTTP_NOT_FOUND) {
                var missing = running.flatMap(RunningFile::missing);
                return new ServerView.Answering(
                        missing.isEmpty(), missing.stream().toList(), Optional.empty());
            }
            var status = answer.orThrow().json();
            return new ServerView.Answering(
                    status.path("ready").asBoolean(true), texts(status.path("missing")), attention(status));
        } catch (ClawException refused) {
            return new ServerView.Silent(refused.code(), String.valueOf(refused.getMessage()));
        }
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(text -> text.asString("")).toList();
    }

    private static Optional<List<Finding>> attention(JsonNode status) {
        return status.has("attention")
                ? Optional.of(
                        status.path("attention").valueStream().map(Finding::of).toList())
                : Optional.empty();
    }

    private static Object json(Situation situation, Diagnosis diagnosis) {
        var areas = new LinkedHashMap<String, String>();
        diagnosis.examinations().forEach((area, examination) -> areas.put(area, examination.summary()));
        var json = new LinkedHashMap<String, Object>();
        json.put("version", Release.version());
        json.put("installation", situation.installation().folder().toString());
        json.put("home", situation.home().folder().toString());
        json.put("well", diagnosis.well());
        json.put("areas", areas);
        json.put("findings", diagnosis.findings().stream().map(Finding::json).toList());
        return json;
    }

    private String text(Diagnosis diagnosis) {
        return String.join(System.lineSeparator(), new DoctorScreen(Terminal.here()).lines(diagnosis));
    }
}
