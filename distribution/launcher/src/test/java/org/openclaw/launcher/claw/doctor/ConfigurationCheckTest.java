package org.openclaw.launcher.claw.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationCheckTest {
    private final DoctorFixture doctor;

    ConfigurationCheckTest(@TempDir Path folder) throws Exception {
        doctor = new DoctorFixture(folder);
    }

    @Test
    void isContentWithFeaturesAndSettingsThatAreThere() throws Exception {
        conf(
                "limits.json",
                "{\"org.openclaw.deploy.folder\": {\"poll:Integer\": 500}, \"org.openclaw.gateway.http\": {\"x\": 1}}");
        conf("org.openclaw.security.token.cfg", "hosts = example.org\nservice.ranking = 1\n");

        var seen = new ConfigurationCheck().look(doctor.situation());

        assertThat(seen.findings()).isEmpty();
        assertThat(seen.summary()).isEqualTo("features core, gateway, console");
    }

    @Test
    void findsAnUnknownSettingUntilItIsCorrected() throws Exception {
        conf("openclaw.json", "{\"feature\": [\"core\"]}");

        var finding = finding("setting.unknown");
        assertThat(finding.text()).contains("'feature'", "Did you mean 'features'?");
        edited(finding, "{\"features\": [\"core\"]}");
    }

    @Test
    void findsAnUnknownFeatureUntilItIsCorrected() throws Exception {
        conf("openclaw.json", "{\"features\": [\"core\", \"gatway\"]}");

        var finding = finding("feature.missing");
        assertThat(finding.text()).contains("'gatway'", "Did you mean 'gateway'?");
        edited(finding, "{\"features\": [\"core\", \"gateway\"]}");
    }

    @Test
    void findsAFileThatIsNoJsonUntilItIsCorrected() throws Exception {
        conf("limits.json", "{\"org.openclaw.deploy.folder\": {");

        var finding = finding("setting.invalid");
        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.subject()).isEqualTo("conf/limits.json");
        edited(finding, "{}");
    }

    @Test
    void findsAConfigurationThatNobodyReadsUntilItIsCorrected() throws Exception {
        conf("org.openclaw.deploy.foldr.cfg", "poll = 500\n");
        var finding = finding("pid.unknown");
        assertThat(finding.text()).contains("Did you mean 'org.openclaw.deploy.folder'?");

        conf("limits.json", "{\"org.openclaw.deploi.folder~one\": {\"poll\": 1}}");
        assertThat(doctor.findings(new ConfigurationCheck()))
                .extracting(Finding::id)
                .containsExactly("pid.unknown", "pid.unknown");
    }

    @Test
    void findsASettingThatNobodyReadsUntilItIsCorrected() throws Exception {
        conf("org.openclaw.deploy.folder.cfg", "pol = 500\n");

        var finding = finding("setting.unknown");
        assertThat(finding.text()).contains("'pol'", "Did you mean 'poll'?");
        assertThat(finding.cure()).contains("files, poll");
        edited(finding, "poll = 500");
    }

    @Test
    void mindsOnlySlipsWhereABundleDoesNotDeclareItsSettings() throws Exception {
        conf(
                "http.json",
                "{\"org.apache.felix.http\": {\"org.osgi.service.http.prot\": 1, \"org.eclipse.jetty.anything\": 2}}");

        assertThat(finding("setting.unknown").text())
                .contains("'org.osgi.service.http.prot'", "org.osgi.service.http.port");
    }

    private void conf(String name, String content) throws Exception {
        DoctorFixture.write(doctor.home.conf().resolve(name), content);
    }

    private Finding finding(String id) throws Exception {
        var findings = doctor.findings(new ConfigurationCheck());
        assertThat(findings).extracting(Finding::id).containsExactly(id);
        return findings.getFirst();
    }

    private void edited(Finding finding, String content) throws Exception {
        assertThat(doctor.type(finding, content)).isEqualTo(new DoctorFixture.Typed(0, ""));
        assertThat(doctor.findings(new ConfigurationCheck())).isEmpty();
    }
}
