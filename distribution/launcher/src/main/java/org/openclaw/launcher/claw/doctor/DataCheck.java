package org.openclaw.launcher.claw.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import org.openclaw.launcher.DataVersion;
import org.openclaw.launcher.LaunchException;

/** Whether this release can open what earlier runs have left, and whether they ended well. */
final class DataCheck implements Check {
    @Override
    public String area() {
        return "data";
    }

    @Override
    public Examination look(Situation situation) throws IOException {
        var home = situation.home();
        if (!Files.isDirectory(home.data())) {
            return Examination.of("none yet");
        }
        var findings = new ArrayList<Finding>();
        var summary = "";
        try {
            summary = "version " + DataVersion.check(home.data());
        } catch (LaunchException unknown) {
            summary = "of another version";
            findings.add(Finding.error(unknown.code(), situation.named(DataVersion.file(home.data())), unknown.found())
                    .because("The container does not start on it.")
                    .cure(unknown.cure()));
        }
        if (situation.running().isEmpty() && Files.exists(home.running())) {
            findings.add(Finding.warning(
                            "running.stale",
                            situation.named(home.running()),
                            "The last run ended without stopping: data/running.json is left, and no process has data/.")
                    .because("It was killed, or the machine went down; messages in memory were lost.")
                    .cure(
                            "Look at the end of logs/openclaw.log, then start again; or take note and delete the file.",
                            Shell.command("rm", "--", home.running())));
        }
        var damaged = home.trust().resolve("known.json.damaged");
        if (Files.exists(damaged)) {
            findings.add(Finding.warning(
                            "trust.memory.damaged",
                            situation.named(damaged),
                            "The memory of admitted artifacts was damaged and has been set aside.")
                    .because("Agent types belong to whoever brings them first, until it is back.")
                    .cure(
                            "Correct it, move it back to known.json and start again; or delete it, if all is as it should be.",
                            Shell.edit(damaged)));
        }
        return new Examination(summary, findings);
    }
}
