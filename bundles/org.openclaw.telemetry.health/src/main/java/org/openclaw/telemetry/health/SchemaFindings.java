package org.openclaw.telemetry.health;

import java.util.List;
import org.openclaw.telemetry.Finding;
import org.openclaw.telemetry.Severity;

/** What there is to say about the schemas that are kept. */
final class SchemaFindings {
    private SchemaFindings() {}

    /** @param problems what cannot be kept or read, each with what to do */
    static List<Finding> of(List<String> problems) {
        return problems.stream()
                .map(problem -> new Finding(
                        "schemas.unkept",
                        Severity.WARNING,
                        "schemas",
                        problem,
                        "Agents run all the same, but what was written under a schema that is not kept cannot be explained"
                                + " once its type has gone.",
                        "Do what it says; 'claw schemas' lists what is kept."))
                .toList();
    }
}
