package org.openclaw.launcher.claw;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openclaw.deploy.Signature;
import org.openclaw.deploy.Verdict;
import org.openclaw.deploy.trust.TrustStore;
import org.openclaw.deploy.trust.Verifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks the gate about jars, without a container: the same code gives the same verdict. */
@Command(
        name = "verify",
        description = {
            "Say whether bundles would be let in, and if not, why and what to do.",
            "Exit code 0: all are trusted; 1: one is refused; 2: misused."
        })
final class VerifyCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Mixin
    private HomeOption home = new HomeOption();

    @Parameters(paramLabel = "JAR", arity = "1..*", description = "The bundles to judge.")
    private List<Path> jars = new ArrayList<>();

    @Option(
            names = "--trust",
            paramLabel = "DIR",
            description = "The trust store: roots/, tsa/, crl/, publishers/, revoked.json. Default: conf/trust.")
    private @Nullable Path trust;

    @Option(names = "--explain", description = "Show every check that was made.")
    private boolean explain;

    @Override
    public Integer call() throws IOException {
        var named = trust;
        var folder = named == null ? home.home().trust() : named;
        if (!Files.isDirectory(folder)) {
            throw ClawException.misused("There is no trust store at " + folder
                    + ". Name one with '--trust DIR', or make a publisher with 'claw keygen NAME'.");
        }
        for (var jar : jars) {
            if (!Files.isReadable(jar) || Files.isDirectory(jar)) {
                throw ClawException.misused("There is no readable file " + jar + ". Name the jars to verify.");
            }
        }
        return judge(TrustStore.load(folder));
    }

    private int judge(TrustStore store) throws IOException {
        var verifier = new Verifier(() -> store, Clock.systemUTC());
        var json = new ArrayList<Map<String, Object>>();
        var text = new ArrayList<String>();
        var refused = false;
        for (var jar : jars) {
            var explanation = verifier.explain(jar.toString(), ByteBuffer.wrap(Files.readAllBytes(jar)));
            refused |= explanation.verdict() instanceof Verdict.Refused;
            json.add(json(jar, explanation));
            text.add(explanation.verdict().text());
            if (explain) {
                explanation.checks().forEach(check -> text.add(line(check)));
            }
        }
        store.problems().forEach(problem -> text.add(problem.text() + " [" + problem.code() + "]"));
        output.show(json, String.join("\n", text));
        return refused ? 1 : 0;
    }

    private static String line(Verifier.Check check) {
        return "  %s %s%s"
                .formatted(
                        check.passed() ? "ok    " : "FAILED",
                        check.name(),
                        check.detail().isEmpty() ? "" : ": " + check.detail());
    }

    private Map<String, Object> json(Path jar, Verifier.Explanation explanation) {
        var object = new LinkedHashMap<String, Object>();
        object.put("file", jar.toString());
        switch (explanation.verdict()) {
            case Verdict.Trusted trusted -> {
                object.put("trusted", true);
                object.put("name", trusted.artifact().name());
                object.put("version", trusted.artifact().version().toString());
                object.put("digest", trusted.artifact().digest().hex());
                object.put("publisher", trusted.publisher());
                object.put("agents", trusted.agents());
                object.put(
                        "signatures",
                        trusted.signatures().stream().map(VerifyCommand::json).toList());
                object.put("flags", trusted.flags());
            }
            case Verdict.Refused refused -> {
                object.put("trusted", false);
                refused.digest().ifPresent(digest -> object.put("digest", digest.hex()));
                object.put("code", refused.code());
                object.put("reason", refused.reason());
                object.put("expected", refused.expected());
                object.put("cure", refused.cure());
            }
        }
        object.put("text", explanation.verdict().text());
        if (explain) {
            object.put("checks", explanation.checks());
        }
        return object;
    }

    private static Map<String, Object> json(Signature signature) {
        var object = new LinkedHashMap<String, Object>();
        object.put("algorithm", signature.algorithm());
        object.put("signer", signature.signer());
        object.put("key", signature.key().hex());
        object.put("anchor", signature.anchor().hex());
        object.put("notAfter", signature.notAfter().toString());
        signature.timestamp().ifPresent(at -> object.put("timestamp", at.toString()));
        return object;
    }
}
