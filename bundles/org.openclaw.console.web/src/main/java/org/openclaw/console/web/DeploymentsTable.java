package org.openclaw.console.web;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.openclaw.deploy.Artifact;
import org.openclaw.deploy.DeployedFile;
import org.openclaw.deploy.Verdict;

/** The files of {@code deploy/} as HTML: the same words as in the log and in {@code claw bundles}. */
final class DeploymentsTable {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private DeploymentsTable() {}

    static String html(List<DeployedFile> files) {
        if (files.isEmpty()) {
            return """
                    <div class="oc-deployments"><p class="oc-empty">Nothing is deployed. Copy a signed jar into
                    <code>deploy/</code>, or use <code>claw deploy FILE</code>: it appears here with its verdict.</p></div>
                    """;
        }
        var html = new StringBuilder("<div class=\"oc-deployments\"><p class=\"statline\">")
                .append(summary(files))
                .append("</p><table class=\"oc-table\"><caption>Files in deploy/ and what the trust gate says of them")
                .append("</caption><thead><tr><th scope=\"col\">File</th><th scope=\"col\">State</th>")
                .append("<th scope=\"col\">Bundle</th><th scope=\"col\">Publisher</th><th scope=\"col\">Verdict</th>")
                .append("<th scope=\"col\">Since (UTC)</th></tr></thead><tbody>");
        files.forEach(file -> html.append(row(file)));
        return html.append("</tbody></table></div>").toString();
    }

    private static String summary(List<DeployedFile> files) {
        long serving = count(files, DeployedFile.State.SERVING);
        long refused = count(files, DeployedFile.State.REFUSED);
        return files.size() + (files.size() == 1 ? " file" : " files") + " in deploy/: " + serving + " serving, "
                + refused + " refused.";
    }

    private static long count(List<DeployedFile> files, DeployedFile.State state) {
        return files.stream().filter(file -> file.state() == state).count();
    }

    private static String row(DeployedFile file) {
        var state = file.state().name().toLowerCase(Locale.ROOT);
        return "<tr><th scope=\"row\" data-label=\"File\">" + Html.text(file.fileName()) + "</th>"
                + cell("State", "<span class=\"oc-state oc-" + state + "\">" + state + "</span>")
                + cell("Bundle", Html.text(bundle(file)))
                + cell("Publisher", Html.text(publisher(file)))
                + cell("Verdict", Html.text(file.text()))
                + cell("Since (UTC)", time(file.since()))
                + "</tr>";
    }

    private static String cell(String label, String html) {
        return "<td data-label=\"" + label + "\">" + html + "</td>";
    }

    private static String bundle(DeployedFile file) {
        return file.serving()
                .or(() -> file.verdict().flatMap(DeploymentsTable::artifact))
                .map(artifact -> artifact.name() + " " + artifact.version())
                .orElse("");
    }

    private static Optional<Artifact> artifact(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Trusted trusted -> Optional.of(trusted.artifact());
            case Verdict.Refused refused -> Optional.empty();
        };
    }

    private static String publisher(DeployedFile file) {
        return file.verdict()
                .map(verdict -> switch (verdict) {
                    case Verdict.Trusted trusted -> trusted.publisher();
                    case Verdict.Refused refused -> "";
                })
                .orElse("");
    }

    private static String time(Instant instant) {
        return "<time datetime=\"" + instant + "\">" + TIME.format(instant) + "</time>";
    }
}
