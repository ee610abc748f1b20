package org.openclaw.launcher.claw;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.openclaw.deploy.trust.TrustException;
import org.openclaw.deploy.trust.TrustFolder;
import org.openclaw.deploy.trust.TrustFolder.Entry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Edits the publishers of the trust store. */
@Command(name = "trust", description = "Show and change whose bundles may run.")
final class TrustCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Output output = new Output();

    @Override
    public void run() {
        var ignored = output.asJson();
        throw new ParameterException(spec.commandLine(), "No verb (expected: add, list or remove).");
    }

    @Command(name = "add", description = "Trust the publisher whose certificates end in this anchor.")
    int add(
            @Mixin Output shown,
            @Mixin HomeOption home,
            @Mixin GrantOptions grants,
            @Parameters(paramLabel = "CERT", description = "The anchor's certificate, PEM or DER.") Path certificate,
            @Option(names = "--name", paramLabel = "NAME", description = "The publisher. Default: the file's name.")
                    Optional<String> name,
            @Option(
                            names = "--worker",
                            description = "Its bundles run in a worker only. Default: in the container's own process.")
                    boolean worker,
            @Option(names = "--pq", description = "Demand a post-quantum signature beside the classical one.")
                    boolean postQuantum)
            throws IOException {
        var publisher = name.orElseGet(() -> stem(certificate));
        try {
            new TrustFolder(home.home().trust())
                    .add(
                            publisher,
                            certificate,
                            grants.grants(publisher, !worker).withPostQuantum(postQuantum));
        } catch (TrustException refused) {
            throw refused(refused);
        }
        shown.show(Map.of("added", publisher), "Publisher '%s' is trusted now.".formatted(publisher));
        return 0;
    }

    @Command(name = "list", description = "Show the publishers that are trusted.")
    int list(@Mixin Output shown, @Mixin HomeOption home) throws IOException {
        try {
            var entries = new TrustFolder(home.home().trust()).list();
            shown.show(entries.stream().map(TrustCommand::json).toList(), text(entries));
            return 0;
        } catch (TrustException refused) {
            throw refused(refused);
        }
    }

    @Command(name = "remove", description = "Trust a publisher no more. What runs of it goes on; see 'claw revoke'.")
    int remove(
            @Mixin Output shown,
            @Mixin HomeOption home,
            @Parameters(paramLabel = "NAME", description = "The publisher.") String name)
            throws IOException {
        try {
            new TrustFolder(home.home().trust()).remove(name);
        } catch (TrustException refused) {
            throw Meant.in(home.home().trust().resolve("publishers"), ".json", name, refused(refused));
        }
        shown.show(Map.of("removed", name), "Publisher '%s' is trusted no more.".formatted(name));
        return 0;
    }

    private static Map<String, Object> json(Entry entry) {
        return Map.of(
                "name", entry.name(),
                "anchors", entry.anchors(),
                "bundles", entry.bundles(),
                "placement", entry.placement(),
                "require", entry.require());
    }

    private static String text(List<Entry> entries) {
        if (entries.isEmpty()) {
            return "Nobody is trusted. Make a publisher with 'claw keygen NAME', or add one with 'claw trust add CERT'.";
        }
        var lines = new ArrayList<String>();
        for (var entry : entries) {
            lines.add("%s: bundles %s, %s, %s"
                    .formatted(
                            entry.name(),
                            String.join(", ", entry.bundles()),
                            entry.placement(),
                            String.join(" + ", entry.require())));
            for (var anchor : entry.certificates()) {
                lines.add("  %s, key sha256 %s, until %s"
                        .formatted(anchor.subject(), anchor.key().brief(), anchor.notAfter()));
            }
        }
        return String.join("\n", lines);
    }

    private static ClawException refused(TrustException refused) {
        return ClawException.refused(refused.code(), String.valueOf(refused.getMessage()));
    }

    private static String stem(Path file) {
        var name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        var dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
