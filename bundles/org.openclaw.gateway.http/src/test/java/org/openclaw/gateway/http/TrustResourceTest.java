package org.openclaw.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openclaw.deploy.Digest;
import org.openclaw.deploy.Revocation;
import org.openclaw.deploy.TrustedPublisher;
import org.openclaw.deploy.TrustedPublisher.Anchor;
import org.openclaw.deploy.TrustedPublisher.Limits;
import org.openclaw.deploy.Verdict;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

class TrustResourceTest {
    private static final String A = "a".repeat(64);

    private final TestDoor door = new TestDoor();

    private Response revoke(String body) {
        return door.ask("POST", "/v1/trust/revocations").json(body).response();
    }

    @Test
    void showsPublishersWithTheirAnchorsAndLimits() {
        door.trust.publishers.add(new TrustedPublisher(
                "acme",
                List.of(new Anchor("CN=Acme", new Digest(A), Instant.parse("2027-11-01T12:00:00Z"))),
                new Limits(
                        List.of("acme.*"),
                        List.of("*"),
                        List.of("tool.a"),
                        List.of("classical", "pq"),
                        true,
                        true,
                        true,
                        false,
                        false,
                        false,
                        Map.of("acme.bot", new Version("1.4.0"))),
                Optional.empty()));

        assertThat(door.ask("GET", "/v1/trust")
                        .responseJson()
                        .get("publishers")
                        .get(0)
                        .toString())
                .isEqualTo(
                        ("{'name':'acme','anchors':[{'subject':'CN=Acme','key':'A','notAfter':'2027-11-01T12:00:00Z'}],"
                                        + "'bundles':['acme.*'],'agents':['*'],'capabilities':['tool.a'],"
                                        + "'require':['classical','pq'],'timestamp':true,'crl':'required',"
                                        + "'placement':'in-process','mutable':false,'native':false,'system':false,"
                                        + "'minVersions':{'acme.bot':'1.4.0'}}")
                                .replace('\'', '"')
                                .replace("\"A\"", "\"" + A + "\""));
    }

    @Test
    void saysWhatIsWrongWithAnEntry() {
        door.trust.publishers.add(new TrustedPublisher(
                "broken", List.of(), Limits.NOTHING, Optional.of("Its file cannot be read. Correct it.")));
        door.trust.problems.add(new Verdict.Flag("revoked.unreadable", "Nothing new is trusted."));
        var json = door.ask("GET", "/v1/trust").responseJson();

        assertThat(json.at("/publishers/0/problem").asString()).isEqualTo("Its file cannot be read. Correct it.");
        assertThat(json.at("/publishers/0/placement").asString()).isEqualTo("worker");
        assertThat(json.get("problems").toString())
                .isEqualTo("[{\"code\":\"revoked.unreadable\",\"text\":\"Nothing new is trusted.\"}]");
    }

    @Test
    void showsWhatIsRevoked() {
        door.trust.revoked.add(new Revocation.File(new Digest(A)));
        door.trust.revoked.add(new Revocation.Bundle("acme.bot", new VersionRange("[1.0,2.0)")));

        assertThat(door.ask("GET", "/v1/trust").responseJson().get("revoked").toString())
                .isEqualTo(("{'serial':2,'entries':[{'kind':'file','value':'A'},"
                                + "{'kind':'bundle','value':'acme.bot','versions':'[1.0.0,2.0.0)'}]}")
                        .replace('\'', '"')
                        .replace("\"A\"", "\"" + A + "\""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"file":"DIGEST"}                              | file DIGEST
                    {"key":"DIGEST"}                               | key DIGEST
                    {"bundle":"acme.bot"}                          | bundle acme.bot, every version
                    {"bundle":"acme.bot","versions":"[1.0,2.0)"}   | bundle acme.bot, [1.0.0,2.0.0)
                    """)
    void revokes(String body, String revoked) {
        var json = TestDoor.json(revoke(body.replace("DIGEST", A)));

        assertThat(json.toString())
                .isEqualTo("{\"revoked\":\"" + revoked.replace("DIGEST", A) + "\",\"added\":true,\"serial\":1}");
        assertThat(door.trust.revoked)
                .singleElement()
                .extracting(Revocation::text)
                .isEqualTo(revoked.replace("DIGEST", A));
    }

    @Test
    void takesADigestInCapitals() {
        assertThat(revoke("{\"file\":\"" + A.toUpperCase(Locale.ROOT) + "\"}").status())
                .isEqualTo(200);
        assertThat(door.trust.revoked).containsExactly(new Revocation.File(new Digest(A)));
    }

    @Test
    void saysThatItWasRevokedBefore() {
        revoke("{\"key\":\"" + A + "\"}");

        assertThat(TestDoor.json(revoke("{\"key\":\"" + A + "\"}")).get("added").asBoolean())
                .isFalse();
    }

    @Test
    void answersARefusalWithItsCode() {
        door.trust.busy = true;
        var response = revoke("{\"key\":\"" + A + "\"}");

        assertThat(response.status()).isEqualTo(422);
        assertThat(TestDoor.json(response).get("code").asString()).isEqualTo("trust.busy");
    }

    @Test
    void keepsTheReasonWhyTheTrustStoreCannotBeWrittenToTheLog() {
        door.trust.full = true;
        var response = revoke("{\"key\":\"" + A + "\"}");

        assertThat(response.status()).isEqualTo(503);
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).doesNotContain("/secret/place");
    }

    @Test
    void isForReadersToLookAtOnly() {
        var reader = "Bearer reader-token";

        assertThat(door.ask("GET", "/v1/trust")
                        .with("Authorization", reader)
                        .response()
                        .status())
                .isEqualTo(200);
        assertThat(door.ask("POST", "/v1/trust/revocations")
                        .json("{\"key\":\"" + A + "\"}")
                        .with("Authorization", reader)
                        .response()
                        .status())
                .isEqualTo(403);
        assertThat(door.trust.revoked).isEmpty();
    }

    @Test
    void isAbsentWhileTheTrustStoreIs() {
        door.present = false;

        assertThat(door.ask("GET", "/v1/trust").response().status()).isEqualTo(503);
    }
}
