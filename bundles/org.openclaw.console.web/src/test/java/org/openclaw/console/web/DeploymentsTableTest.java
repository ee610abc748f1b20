package org.openclaw.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openclaw.deploy.DeployedFile;
import org.openclaw.deploy.Verdict;

class DeploymentsTableTest {
    @Test
    void showsTheVerdictInTheWordsOfTheLog() {
        var file = refused("bot.jar", "it is not signed");

        assertThat(DeploymentsTable.html(List.of(file)))
                .contains(file.text(), "1 file in deploy/: 0 serving, 1 refused.");
    }

    @Test
    void showsHostileNamesAsText() {
        var html = DeploymentsTable.html(List.of(refused("<img src=x>${appRoot}.jar", "it is \"bad\" & unsigned")));

        assertThat(html)
                .contains("&lt;img src=x&gt;&#36;{appRoot}.jar", "it is &quot;bad&quot; &amp; unsigned")
                .doesNotContain("<img", "${");
    }

    @Test
    void saysWhatToDoWhenNothingIsDeployed() {
        assertThat(DeploymentsTable.html(List.of())).contains("Copy a signed jar into", "claw deploy");
    }

    private static DeployedFile refused(String name, String reason) {
        return new DeployedFile(
                name,
                DeployedFile.State.REFUSED,
                Optional.of(new Verdict.Refused(name, Optional.empty(), "signature.missing", reason, "", "Sign it.")),
                Optional.empty(),
                Instant.EPOCH,
                Duration.ZERO);
    }
}
