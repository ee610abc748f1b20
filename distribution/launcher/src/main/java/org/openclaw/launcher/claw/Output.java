package org.openclaw.launcher.claw;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** How a verb prints: mixed in ({@code @Mixin}) by every one of them, for {@code --json} and {@code --help}. */
public final class Output {
    @Option(names = "--json", description = "Print JSON, for scripts.")
    private boolean asJson;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Explain this verb.")
    void explain(boolean wanted) {
        // picocli prints the explanation and ends; there is nothing to keep
    }

    /** Whether the user asked for JSON. */
    public boolean asJson() {
        return asJson;
    }

    /** Prints the value as one line of JSON when asked for JSON, else the text. */
    public void show(Object value, String text) {
        var out = spec.commandLine().getOut();
        out.println(asJson ? json(value) : text);
        out.flush();
    }

    /** One line of JSON; a record is an object. */
    static String json(Object value) {
        return new JsonMapper().writeValueAsString(value);
    }
}
