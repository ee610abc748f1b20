package org.openclaw.launcher.claw;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.openclaw.deploy.trust.PublisherKeys;
import org.openclaw.deploy.trust.PublisherKeys.Algorithm;
import org.openclaw.deploy.trust.TrustException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes the keys of a publisher and trusts it. */
@Command(
        name = "keygen",
        description = {
            "Make the keys of a publisher: an anchor, a code-signing certificate under it, and the publisher's file.",
            "The keys go to conf/keys/NAME/, readable by you alone; the anchor and the file go to conf/trust/."
        })
final class KeygenCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Mixin
    private HomeOption home = new HomeOption();

    @Mixin
    private PassphraseOption passphrase = new PassphraseOption();

    @Mixin
    private GrantOptions grants = new GrantOptions();

    @Parameters(paramLabel = "NAME", description = "The publisher: 1-64 of a-z, 0-9, '.', '_', '-'.")
    private String name = "";

    @Option(
            names = "--algorithm",
            paramLabel = "KIND",
            defaultValue = "ED25519",
            description = "ed25519 or ec (P-256). Default: ed25519")
    private Kind algorithm = Kind.ED25519;

    @Option(names = "--pq", description = "Add an ML-DSA-65 key; both signatures are demanded from then on.")
    private boolean postQuantum;

    @Option(
            names = "--renew",
            description = "Make new certificates for the keys that are there, valid for two years from now.")
    private boolean renew;

    private enum Kind {
        ED25519(Algorithm.ED25519),
        EC(Algorithm.EC_P256);

        private final Algorithm algorithm;

        Kind(Algorithm algorithm) {
            this.algorithm = algorithm;
        }
    }

    @Override
    public Integer call() throws IOException {
        var where = home.home();
        try {
            if (renew) {
                return renewed(PublisherKeys.renew(
                        where.keys().resolve(name), passphrase.passphrase(), Clock.systemUTC(), new SecureRandom()));
            }
            var keys = PublisherKeys.generate(
                    name,
                    algorithm.algorithm,
                    postQuantum,
                    passphrase.passphrase(),
                    where.keys(),
                    where.trust(),
                    grants.grants(name, true),
                    Clock.systemUTC(),
                    new SecureRandom());
            show(keys);
            return 0;
        } catch (TrustException refused) {
            throw ClawException.refused(refused.code(), String.valueOf(refused.getMessage()));
        }
    }

    private int renewed(PublisherKeys keys) {
        var until = keys.keys().getFirst().leaf().getNotAfter().toInstant().toString();
        output.show(
                Map.of("name", name, "notAfter", until),
                "Renewed the certificates of publisher '%s': what is signed from now on is valid until %s."
                        .formatted(name, until));
        return 0;
    }

    private void show(PublisherKeys keys) {
        var folder = home.home().keys().resolve(name);
        var json = new LinkedHashMap<String, Object>();
        json.put("name", name);
        json.put("keys", keys.keys().stream().map(key -> key.id().hex()).toList());
        json.put("anchors", keys.keys().stream().map(key -> key.anchor().hex()).toList());
        json.put("folder", folder.toString());
        var made = keys.keys().stream().map(key -> "  " + key).collect(Collectors.joining("\n"));
        output.show(json, """
                Publisher '%s' is trusted now.
                %s
                Keys: %s (readable by you alone; back them up, nobody can make them again)
                Sign with: claw sign JAR --key %s""".formatted(name, made, folder, name));
    }
}
