package org.openclaw.launcher.claw;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.openclaw.deploy.Signature;
import org.openclaw.deploy.Verdict;
import org.openclaw.deploy.trust.TrustStore;
import org.openclaw.deploy.trust.Verifier;
import org.openclaw.launcher.Installation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks the gate about jars, without a container: the same code gives the same verdict. */
@Command(
        name = "verify",
        description = {
            "Say whether bundles would be let in, and if not, why and what to do.",
            "Exit code 0: all are trusted, and break nothing; 1: one is refused, or breaks something; 2: misused."
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

    @Option(
            names = "--against",
            paramLabel = "OTHER",
            description = {
                "A bundle that is deployed, say: also compare the schemas of the agent types that both bring, as a",
                "container does when a bundle arrives."
            })
    private @Nullable Path against;

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
        var all = new ArrayList<>(jars);
        Optional.ofNullable(against).ifPresent(all::add);
        for (var jar : all) {
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
        var other = against;
        if (other != null) {
            refused |= compare(other, json, text);
        }
        store.problems().forEach(problem -> text.add(problem.text() + " [" + problem.code() + "]"));
        output.show(json, String.join("\n", text));
        return refused ? 1 : 0;
    }

    /** Whether one of the bundles breaks something. */
    private boolean compare(Path other, List<Map<String, Object>> json, List<String> text) throws IOException {
        var broken = false;
        try (var comparison = new BundleComparison(Installation.here())) {
            for (int at = 0; at < jars.size(); at++) {
                var compared = comparison.compare(other, jars.get(at));
                json.get(at).put("against", Map.of("file", other.toString(), "types", types(compared)));
                if (compared.isEmpty()) {
                    text.add("%s and %s have no agent type in common.".formatted(jars.get(at), other));
                }
                for (var type : compared) {
                    broken |= !type.found().isEmpty();
                    text.add(sentence(jars.get(at), other, type));
                    type.found().forEach(found -> text.add("  " + found));
                }
            }
        } catch (ZipException none) {
            throw ClawException.misused("Cannot compare with " + other + ": " + none.getMessage() + ".");
        }
        return broken;
    }

    private static String sentence(Path jar, Path other, BundleComparison.Compared type) {
        return type.found().isEmpty()
                ? "Agent type '%s' of %s gets on with %s.".formatted(type.agentType(), jar, other)
                : ("Agent type '%s' of %s does not get on with %s [schema.incompatible]. Mend it, or say on the agent"
                                + " class with @SchemaCompatibility that the break is meant:")
                        .formatted(type.agentType(), jar, other);
    }

    private static List<Map<String, Object>> types(List<BundleComparison.Compared> compared) {
        var types = new ArrayList<Map<String, Object>>();
        for (var type : compared) {
            var breaks = new ArrayList<Map<String, Object>>();
            for (var found : type.found()) {
                var each = new LinkedHashMap<String, Object>();
                each.put("schema", found.schema());
                each.put("pointer", found.why().pointer());
                each.put("reader", found.why().reader().name().toLowerCase(Locale.ROOT));
                each.put("rule", found.why().rule());
                each.put("cure", found.why().cure());
                breaks.add(each);
            }
            types.add(Map.of("type", type.agentType(), "breaks", breaks));
        }
        return types;
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
