package org.openclaw.launcher.claw;

import java.util.ArrayList;
import java.util.List;
import org.openclaw.deploy.trust.Grants;
import picocli.CommandLine.Option;

/** What a publisher may do: mixed in by the verbs that make one known. */
final class GrantOptions {
    @Option(
            names = "--bundles",
            paramLabel = "PATTERN",
            split = ",",
            description = "Symbolic names it may use, such as 'acme.*'. Default: NAME and NAME.*")
    private List<String> bundles = new ArrayList<>();

    @Option(
            names = "--agents",
            paramLabel = "PATTERN",
            split = ",",
            description = "Agent types it may bring, such as 'acme-*'. Default: any.")
    private List<String> agents = new ArrayList<>();

    @Option(names = "--mutable", description = "The same version may come again with other bytes (development keys).")
    private boolean mutable;

    @Option(names = "--native", description = "Its bundles may bring native libraries.")
    private boolean nativeCode;

    @Option(names = "--system", description = "Its bundles may reach into the framework. Rarely needed.")
    private boolean system;

    /** The options as grants, in the placement that the verb decides. */
    Grants grants(String name, boolean inProcess) {
        var names = bundles.isEmpty() ? List.of(name, name + ".*") : bundles;
        var grants = inProcess ? Grants.inProcess(names) : Grants.inWorker(names);
        return grants.withAgents(agents.isEmpty() ? List.of("*") : agents)
                .withMutable(mutable)
                .withNativeCode(nativeCode)
                .withSystem(system);
    }
}
