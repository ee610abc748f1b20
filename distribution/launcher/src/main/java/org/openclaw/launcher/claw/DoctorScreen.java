package org.openclaw.launcher.claw;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.openclaw.launcher.claw.doctor.Diagnosis;
import org.openclaw.launcher.claw.doctor.Examination;
import org.openclaw.launcher.claw.doctor.Finding;
import org.openclaw.launcher.claw.doctor.Severity;

/** A diagnosis for people: what there is, a line for each area; then what is wrong, the worst first. */
record DoctorScreen(Terminal terminal) {
    List<String> lines(Diagnosis diagnosis) {
        var lines = new ArrayList<String>();
        int label = diagnosis.examinations().keySet().stream()
                .mapToInt(String::length)
                .max()
                .orElse(0);
        diagnosis
                .examinations()
                .forEach((area, examination) -> lines.addAll(line(Columns.padded(area, label), examination)));
        for (var finding : diagnosis.findings()) {
            lines.add("");
            lines.addAll(new FindingText(terminal).full(finding));
        }
        lines.add("");
        lines.add(sum(diagnosis.findings()));
        return lines;
    }

    private List<String> line(String area, Examination examination) {
        var mark = examination.findings().stream()
                .map(Finding::severity)
                .min(Severity::compareTo)
                .map(new FindingText(terminal)::mark)
                .orElseGet(() -> terminal.painted("green", terminal.either("✓", "+")));
        var indentation = " ".repeat(area.length() + 4);
        var lines = new ArrayList<>(terminal.wrapped(Terminal.printable(examination.summary()), indentation));
        var first = lines.isEmpty() ? "" : lines.removeFirst().strip();
        lines.addFirst(mark + " " + area + "  " + first);
        return lines;
    }

    private String sum(List<Finding> findings) {
        var counts = Stream.of(Severity.values())
                .map(severity -> count(findings, severity))
                .filter(text -> !text.isEmpty())
                .toList();
        boolean well = findings.stream().allMatch(finding -> finding.severity() == Severity.HINT);
        return well
                ? terminal.painted("green", "Nothing is wrong.")
                        + (counts.isEmpty() ? "" : " " + counts.getFirst() + ".")
                : String.join(", ", counts) + ".";
    }

    private static String count(List<Finding> findings, Severity severity) {
        long count = findings.stream()
                .filter(finding -> finding.severity() == severity)
                .count();
        return count == 0 ? "" : count + " " + severity.word() + (count == 1 ? "" : "s");
    }
}
