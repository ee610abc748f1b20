package org.openclaw.launcher.claw.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class DoctorTest {
    private final DoctorFixture doctor;

    DoctorTest(@TempDir Path folder) throws Exception {
        doctor = new DoctorFixture(folder);
    }

    @Test
    void findsNothingOnASoundHome() {
        var diagnosis = Doctor.withAllChecks().examine(doctor.situation());

        assertThat(diagnosis.findings()).isEmpty();
        assertThat(diagnosis.well()).isTrue();
        assertThat(diagnosis.examinations().values())
                .allSatisfy(seen -> assertThat(seen.summary()).isNotBlank());
    }

    @Test
    void namesTheWorstFirstAndNothingTwice() {
        var hint = Finding.hint("a", "x", "A hint.");
        var error = Finding.error("b", "x", "An error.");

        var diagnosis = new Doctor(List.of(check("one", hint, error), check("two", error))).examine(doctor.situation());

        assertThat(diagnosis.findings()).containsExactly(error, hint);
        assertThat(diagnosis.well()).isFalse();
    }

    @Test
    void doesNotRepeatWhatTheServerSaysOfTheTrustStore() {
        var ours = Finding.error("trust.publisher", "conf/trust/publishers/acme.json", "Cannot read it.");
        var theirs = Finding.error("trust.problem", "trust.publisher", "Cannot read it.");
        var other = Finding.error("trust.problem", "trust.anchor", "It is missing.");

        assertThat(new Doctor(List.of(check("store", ours), check("container", theirs, other)))
                        .examine(doctor.situation())
                        .findings())
                .containsExactly(ours, other);
    }

    @Test
    void isWellWithHints() {
        var diagnosis =
                new Doctor(List.of(check("one", Finding.hint("a", "x", "A hint.")))).examine(doctor.situation());

        assertThat(diagnosis.well()).isTrue();
    }

    @Test
    void goesOnWhenACheckCannotLook() {
        var broken = new Check() {
            @Override
            public String area() {
                return "moon";
            }

            @Override
            public Examination look(Situation situation) throws IOException {
                throw new IOException("too far");
            }
        };

        var diagnosis = new Doctor(List.of(broken, check("two"))).examine(doctor.situation());

        assertThat(diagnosis.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo("check.failed");
            assertThat(finding.text()).contains("moon", "too far");
        });
        assertThat(diagnosis.examinations()).containsKey("two");
    }

    @Test
    void readsAFindingOfAServerThatSaysLess() {
        var finding = Finding.of(
                new JsonMapper().readTree("{\"id\": \"new.thing\", \"severity\": \"alarming\", \"text\": 7}"));

        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.json())
                .isEqualTo(Map.of(
                        "id", "new.thing", "severity", "warning", "subject", "", "text", "7", "why", "", "cure", ""));
    }

    @Test
    void writesCommandsThatNameClawAsTheShellFindsIt() {
        assertThat(doctor.situation().shell().claw("run")).startsWith("'/").contains("/bin/claw' run --home '");

        doctor.environment.put(
                "PATH", "/nowhere:" + doctor.installation.folder().resolve("bin"));
        assertThat(doctor.situation().shell().claw("trust", "a b", "")).startsWith("claw trust 'a b' '' --home '");
    }

    private static Check check(String area, Finding... findings) {
        return new Check() {
            @Override
            public String area() {
                return area;
            }

            @Override
            public Examination look(Situation situation) {
                return Examination.of("seen", findings);
            }
        };
    }
}
