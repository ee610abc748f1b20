package org.openclaw.telemetry.health;

import java.util.List;
import org.openclaw.deploy.Verdict;
import org.openclaw.telemetry.Finding;
import org.openclaw.telemetry.Severity;

/** What there is to say about the trust store. */
final class TrustFindings {
    private TrustFindings() {}

    static List<Finding> of(List<Verdict.Flag> problems) {
        return problems.stream()
                .map(problem -> new Finding(
                        "trust.problem",
                        Severity.ERROR,
                        problem.code(),
                        problem.text(),
                        "While the trust store is not whole, the strictest reading of it counts: bundles may be refused that"
                                + " would be trusted.",
                        "Mend the file that is named; it is read again within a second. 'claw doctor' looks at the files"
                                + " of the trust store, too."))
                .toList();
    }
}
