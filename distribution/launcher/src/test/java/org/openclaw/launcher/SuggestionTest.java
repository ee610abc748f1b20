package org.openclaw.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
    private static final List<String> VERBS =
            List.of("run", "status", "stop", "deploy", "undeploy", "bundles", "--json");

    @ParameterizedTest
    @CsvSource({
        "stauts, status",
        "STATUS, status",
        "statsu, status",
        "sto, stop",
        "dep, deploy",
        "undploy, undeploy",
        "bundle, bundles",
        "--jsno, --json",
        "rum, run"
    })
    void findsWhatWasMeant(String typed, String meant) {
        assertThat(Suggestion.of(typed, VERBS)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"xyz", "s", "-x", "''", "status", "restart-everything"})
    void suggestsNothingWhereNothingIsNear(String typed) {
        assertThat(Suggestion.of(typed, VERBS)).isEmpty();
        assertThat(Suggestion.sentence(typed, VERBS)).isEmpty();
    }
}
