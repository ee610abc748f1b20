package org.openclaw.launcher.claw.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.launcher.RunningFile;

class ContainerCheckTest {
    private final DoctorFixture doctor;

    ContainerCheckTest(@TempDir Path folder) throws Exception {
        doctor = new DoctorFixture(folder);
    }

    private static final Finding STRANDED = Finding.error("type.stranded", "bot", "No version of 'bot' serves.");

    @Test
    void doesNotMindThatNoneRuns() throws Exception {
        assertThat(new ContainerCheck().look(doctor.situation())).isEqualTo(Examination.of("not running"));
    }

    @Test
    void passesOnWhatTheContainerWantsLookedAt() throws Exception {
        runs(new ServerView.Answering(true, List.of(), Optional.of(List.of(STRANDED))));

        assertThat(new ContainerCheck().look(doctor.situation()))
                .isEqualTo(Examination.of("process 7, http://127.0.0.1:1, ready", STRANDED));
    }

    @Test
    void findsThatItTakesNoWorkYet() throws Exception {
        runs(new ServerView.Answering(false, List.of("agents", "arriving: bot.jar"), Optional.of(List.of())));

        assertThat(doctor.findings(new ContainerCheck())).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo("container.unready");
            assertThat(finding.text()).endsWith("agents; arriving: bot.jar.");
        });
    }

    @Test
    void findsThatItDoesNotAnswer() throws Exception {
        runs(new ServerView.Silent("connection.timeout", "It did not answer within 15 s."));

        assertThat(doctor.findings(new ContainerCheck())).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo("container.silent");
            assertThat(finding.command().orElseThrow()).contains("/bin/claw' stop --home '");
        });
    }

    @Test
    void findsATokenThatOpensNothing() throws Exception {
        runs(new ServerView.Silent("token.denied", "You may not read it."));

        assertThat(doctor.findings(new ContainerCheck()))
                .extracting(Finding::id)
                .containsExactly("token.unusable");
    }

    @Test
    void hintsAtAContainerOfAnOlderRelease() throws Exception {
        runs(new ServerView.Answering(true, List.of(), Optional.empty()));

        assertThat(doctor.findings(new ContainerCheck()))
                .extracting(Finding::severity)
                .containsExactly(Severity.HINT);
    }

    private void runs(ServerView view) {
        doctor.running = Optional.of(new RunningFile(7, "http://127.0.0.1:1"));
        doctor.server = view;
    }
}
