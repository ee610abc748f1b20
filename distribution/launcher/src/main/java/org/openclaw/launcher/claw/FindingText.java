package org.openclaw.launcher.claw;

import java.util.ArrayList;
import java.util.List;
import org.openclaw.launcher.claw.doctor.Finding;
import org.openclaw.launcher.claw.doctor.Severity;

/** A finding for people. What is to be typed stands on a line of its own and is never broken. */
record FindingText(Terminal terminal) {
    private static final String INDENTATION = "  ";

    /** What is wrong and what to do. */
    List<String> brief(Finding finding) {
        var lines = new ArrayList<>(what(finding, ""));
        lines.addAll(cure(finding));
        return lines;
    }

    /** The same with the reason, and the id to look it up by. */
    List<String> full(Finding finding) {
        var lines = new ArrayList<>(what(finding, " [" + finding.id() + "]"));
        lines.addAll(terminal.wrapped(Terminal.printable(finding.why()), INDENTATION));
        lines.addAll(cure(finding));
        return lines;
    }

    String mark(Severity severity) {
        return switch (severity) {
            case ERROR -> terminal.painted("red", terminal.either("✗", "x"));
            case WARNING -> terminal.painted("yellow", "!");
            case HINT -> terminal.painted("cyan", terminal.either("·", "-"));
        };
    }

    private List<String> what(Finding finding, String behind) {
        var text =
                Terminal.printable(finding.text().isEmpty() ? finding.id() + " " + finding.subject() : finding.text());
        var lines = new ArrayList<String>();
        for (var line : terminal.wrapped(text + behind, INDENTATION)) {
            var content = line.substring(INDENTATION.length());
            lines.add(lines.isEmpty() ? mark(finding.severity()) + " " + bold(content) : INDENTATION + bold(content));
        }
        return lines;
    }

    private String bold(String text) {
        return terminal.painted("bold", text);
    }

    private List<String> cure(Finding finding) {
        var lines = new ArrayList<>(terminal.wrapped(Terminal.printable(finding.cure()), INDENTATION));
        finding.command()
                .ifPresent(command ->
                        lines.add(INDENTATION + INDENTATION + terminal.painted("cyan", Terminal.printable(command))));
        return lines;
    }
}
