package org.openclaw.launcher.claw;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows the document of one schema. */
@Command(name = "show", description = "Show one schema: its JSON document.")
final class SchemasShowCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIGEST", description = "Its digest, as 'claw schemas' shows it.")
    private String digest = "";

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        try (var api = server.api()) {
            var json = api.get(SchemasCommand.PATH + "/" + Api.encoded(digest))
                    .orThrow()
                    .json();
            output.show(json, Terminal.printable(json.toPrettyString()));
            return 0;
        }
    }
}
