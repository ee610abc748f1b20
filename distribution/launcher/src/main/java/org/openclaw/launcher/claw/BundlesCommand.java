package org.openclaw.launcher.claw;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the files of {@code deploy/} with what has become of each. */
@Command(
        name = "bundles",
        description = "List the files in deploy/: which serve, which were refused, why, and the cure.")
final class BundlesCommand implements Callable<Integer> {
    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        try (var api = server.api()) {
            var bundles = api.get("/v1/bundles").orThrow().json();
            var reports =
                    bundles.path("bundles").valueStream().map(BundleReport::new).toList();
            output.show(bundles, table(reports, Terminal.here()));
            return 0;
        }
    }

    static String table(List<BundleReport> reports, Terminal terminal) {
        if (reports.isEmpty()) {
            return "Nothing is deployed. Copy a signed jar into deploy/, or use 'claw deploy FILE'.";
        }
        var table = new TextTable(
                (column, cell) -> column.equals("STATE") ? terminal.painted(colour(cell), cell) : cell,
                "STATE",
                "FILE",
                "VERSION",
                "PUBLISHER");
        reports.forEach(report ->
                table.noted(report.note(), report.state(), report.file(), report.version(), report.publisher()));
        return table.render(terminal.width());
    }

    private static String colour(String state) {
        return switch (state) {
            case "serving" -> "green";
            case "refused" -> "red";
            case "arriving" -> "yellow";
            default -> "faint";
        };
    }
}
