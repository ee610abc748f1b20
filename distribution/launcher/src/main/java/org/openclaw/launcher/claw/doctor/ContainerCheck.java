package org.openclaw.launcher.claw.doctor;

import java.util.ArrayList;
import java.util.List;

/** Whether the container that runs answers, and what it says itself. */
final class ContainerCheck implements Check {
    @Override
    public String area() {
        return "container";
    }

    @Override
    public Examination look(Situation situation) {
        if (situation.running().isEmpty()) {
            return Examination.of("not running");
        }
        var running = situation.running().get();
        var summary = "process %d%s".formatted(running.pid(), running.url().isEmpty() ? "" : ", " + running.url());
        return switch (situation.server()) {
            case ServerView.Absent _ -> Examination.of(summary + ", without an HTTP server");
            case ServerView.Silent silent -> Examination.of(summary + ", cannot be asked", silent(situation, silent));
            case ServerView.Answering answering -> {
                var findings = new ArrayList<Finding>();
                if (!answering.ready()) {
                    findings.add(unready(situation, answering.missing()));
                }
                findings.addAll(answering.attention().orElseGet(() -> List.of(older(situation))));
                yield new Examination(summary + (answering.ready() ? ", ready" : ", not ready"), findings);
            }
        };
    }

    private static Finding silent(Situation situation, ServerView.Silent silent) {
        boolean token = !silent.code().startsWith("connection.");
        return token
                ? Finding.warning("token.unusable", "conf/admin.token", silent.reason())
                        .because("What the container says of itself stays unknown.")
                        .cure("Run claw as the user who runs the container.")
                : Finding.error(
                                "container.silent",
                                situation.running().orElseThrow().url(),
                                silent.reason())
                        .because("The process is there and holds data/, but takes no work.")
                        .cure(
                                "Look into the log; if it hangs, stop it and start again.",
                                situation.shell().claw("stop"));
    }

    private static Finding unready(Situation situation, List<String> missing) {
        return Finding.warning(
                        "container.unready",
                        situation.home().folder(),
                        "The container does not take work yet: " + String.join("; ", missing) + ".")
                .because("Messages are refused until it does.")
                .cure("It may just be starting; the log says what it waits for.", logs(situation));
    }

    private static String logs(Situation situation) {
        return Shell.command("tail", "-n", "50", "--", situation.home().logs().resolve("openclaw.log"));
    }

    private static Finding older(Situation situation) {
        return Finding.hint(
                        "container.older",
                        situation.home().folder(),
                        "The container that runs is of a release that does not say what needs attention.")
                .because("Refused bundles and stranded agents are shown by 'claw bundles' and 'claw agents' alone.")
                .cure(
                        "Stop it and start it again from this installation.",
                        situation.shell().claw("stop"));
    }
}
