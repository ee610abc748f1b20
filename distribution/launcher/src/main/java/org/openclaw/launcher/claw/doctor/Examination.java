package org.openclaw.launcher.claw.doctor;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What one check saw.
 *
 * @param summary what there is, in a few words, whether well or not
 * @param findings what an operator should know of it; empty when all is well
 */
public record Examination(String summary, List<Finding> findings) {
    public Examination {
        findings = List.copyOf(findings);
    }

    static Examination of(String summary, Finding... findings) {
        return new Examination(summary, Arrays.asList(findings));
    }

    static Examination of(String summary, Stream<Finding> findings) {
        return new Examination(summary, findings.toList());
    }
}
