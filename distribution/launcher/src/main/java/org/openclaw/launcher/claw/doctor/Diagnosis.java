package org.openclaw.launcher.claw.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What all checks saw.
 *
 * @param examinations by area, in the order in which they were made
 */
public record Diagnosis(Map<String, Examination> examinations) {
    public Diagnosis {
        examinations = new LinkedHashMap<>(examinations);
    }

    /** Every finding, the worst first, else in the order of the areas. */
    public List<Finding> findings() {
        var findings = new ArrayList<Finding>();
        for (var severity : Severity.values()) {
            examinations.values().stream()
                    .flatMap(examination -> examination.findings().stream())
                    .filter(finding -> finding.severity() == severity)
                    .filter(finding -> findings.stream().noneMatch(finding::isSaidBy))
                    .forEach(findings::add);
        }
        return findings;
    }

    /** Whether nothing is wrong; hints may be there. */
    public boolean well() {
        return findings().stream().allMatch(finding -> finding.severity() == Severity.HINT);
    }
}
