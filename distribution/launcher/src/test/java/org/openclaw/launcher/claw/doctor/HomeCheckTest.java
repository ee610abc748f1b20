package org.openclaw.launcher.claw.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.launcher.Home;

class HomeCheckTest {
    private final DoctorFixture doctor;

    HomeCheckTest(@TempDir Path folder) throws Exception {
        doctor = new DoctorFixture(folder);
    }

    @Test
    void isContentWithAHomeThatHasRun() throws Exception {
        assertThat(doctor.findings(new HomeCheck())).isEmpty();
    }

    @Test
    void findsThatThereIsNone() throws Exception {
        var nowhere = new Home(doctor.home.folder().resolveSibling("no where"));
        var situation = new Situation(
                doctor.installation,
                nowhere,
                doctor.running,
                doctor.server,
                doctor.situation().machine(),
                doctor.now,
                Progress.NONE);

        assertThat(new HomeCheck().look(situation).findings()).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo("home.missing");
            assertThat(finding.command().orElseThrow())
                    .endsWith(" run --home '" + nowhere.folder().toString().replace("'", "'\\''") + "'");
        });
    }

    @Test
    void findsAHomeThatHasNeverRun() throws Exception {
        Files.delete(doctor.home.adminToken());

        assertThat(doctor.findings(new HomeCheck())).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo("home.fresh");
            assertThat(finding.severity()).isEqualTo(Severity.HINT);
        });
    }

    @Test
    void findsAFileInPlaceOfAFolderUntilItIsMovedAway() throws Exception {
        Files.delete(doctor.home.logs());
        Files.writeString(doctor.home.logs(), "");
        Files.writeString(doctor.home.logs().resolveSibling("logs.away"), "mine");

        var finding = doctor.findings(new HomeCheck()).getFirst();
        assertThat(finding.id()).isEqualTo("home.blocked");
        assertThat(doctor.type(finding).exit()).isZero();
        assertThat(doctor.findings(new HomeCheck())).isEmpty();
        assertThat(doctor.home.logs().resolveSibling("logs.away")).hasContent("mine");
    }

    @Test
    void findsALinkWithinTheDataUntilItIsRemoved() throws Exception {
        Files.createSymbolicLink(doctor.home.data().resolve("artifacts"), doctor.home.conf());

        var finding = doctor.findings(new HomeCheck()).getFirst();
        assertThat(finding.id()).isEqualTo("data.link");
        assertThat(doctor.type(finding).exit()).isZero();
        assertThat(doctor.findings(new HomeCheck())).isEmpty();
        assertThat(doctor.home.conf()).isDirectory();
    }

    @Test
    void findsFoldersOfAnotherUser() throws Exception {
        doctor.writable = false;

        assertThat(doctor.findings(new HomeCheck())).first().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo("home.unwritable");
            assertThat(finding.text())
                    .contains(Files.getOwner(doctor.home.folder()).getName());
            assertThat(finding.command().orElseThrow()).startsWith("sudo chown -R \"$(id -un)\" -- '");
        });
    }
}
