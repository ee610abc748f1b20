package org.openclaw.launcher.claw;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openclaw.deploy.trust.BundleSigner;
import org.openclaw.deploy.trust.BundleSigner.Signed;
import org.openclaw.deploy.trust.PublisherKeys;
import org.openclaw.deploy.trust.TrustException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Signs bundles. */
@Command(name = "sign", description = "Sign bundles with the keys of a publisher, normalising the jars on the way.")
final class SignCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Mixin
    private HomeOption home = new HomeOption();

    @Mixin
    private PassphraseOption passphrase = new PassphraseOption();

    @Parameters(paramLabel = "JAR", arity = "1..*", description = "The bundles to sign.")
    private List<Path> jars = new ArrayList<>();

    @Option(
            names = "--key",
            paramLabel = "NAME",
            required = true,
            description = "The publisher, made by 'claw keygen'.")
    private String key = "";

    @Option(
            names = "--out",
            paramLabel = "PATH",
            description = "Where the signed jar goes, or the folder for several. Default: in place.")
    private @Nullable Path out;

    @Option(
            names = "--reproducible",
            description =
                    "Leave the time of signing out: with an Ed25519 key, the same jar signed again is the same bytes.")
    private boolean reproducible;

    @Override
    public Integer call() throws IOException {
        try {
            var keys = PublisherKeys.load(home.home().keys().resolve(key), passphrase.passphrase());
            var signer = reproducible ? BundleSigner.reproducible(keys) : new BundleSigner(keys, Clock.systemUTC());
            var signed = new ArrayList<Signed>();
            for (var jar : jars) {
                signed.add(signer.sign(jar, target(jar)));
            }
            show(signed);
            return 0;
        } catch (TrustException refused) {
            throw Meant.in(
                    home.home().keys(),
                    "",
                    key,
                    ClawException.refused(refused.code(), String.valueOf(refused.getMessage())));
        }
    }

    private Path target(Path jar) {
        var named = out;
        if (named == null) {
            return jar;
        }
        if (Files.isDirectory(named)) {
            return named.resolve(jar.getFileName());
        }
        if (jars.size() > 1) {
            throw ClawException.misused("--out " + named + " (expected: a folder that is there, for several jars)");
        }
        return named;
    }

    private void show(List<Signed> signed) {
        var json = new ArrayList<Map<String, Object>>();
        var text = new ArrayList<String>();
        for (var one : signed) {
            var object = new LinkedHashMap<String, Object>();
            object.put("file", one.file().toString());
            object.put("digest", one.digest().hex());
            object.put("unsigned", one.unsigned().hex());
            object.put("changes", one.changes());
            json.add(object);
            text.add("Signed %s as '%s' (sha256 %s)."
                    .formatted(one.file(), key, one.digest().brief()));
            one.changes().forEach(change -> text.add("  " + change));
        }
        output.show(json, String.join("\n", text));
    }
}
