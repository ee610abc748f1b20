package org.openclaw.deploy.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openclaw.deploy.Digest;
import org.openclaw.deploy.trust.Revocations.Change;
import org.osgi.framework.VersionRange;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RevocationsTest {
    private static final Digest SOME = Digest.of(new byte[] {1});
    private static final Digest OTHER = Digest.of(new byte[] {2});

    @TempDir
    Path folder;

    private Revocations revocations;

    @BeforeEach
    void open() {
        revocations = new Revocations(folder);
    }

    @Test
    void beginsAtSerialOneWhenThereIsNoList() throws Exception {
        assertThat(revocations.revokeFile(SOME)).isEqualTo(new Change(1, true));
        assertThat(content().path("files").path(0).asString()).isEqualTo(SOME.hex());
    }

    @Test
    void countsTheSerialUpByOneForEachAddition() throws Exception {
        revocations.revokeFile(SOME);
        revocations.revokeKey(OTHER);
        var last = revocations.revokeBundle("acme.bot", new VersionRange("[1.0,2.0)"));
        assertThat(last).isEqualTo(new Change(3, true));
        assertThat(content().path("serial").asLong()).isEqualTo(3);
        assertThat(content().path("keys").path(0).asString()).isEqualTo(OTHER.hex());
        assertThat(content().path("bundles").path(0).path("name").asString()).isEqualTo("acme.bot");
        assertThat(new VersionRange(
                        content().path("bundles").path(0).path("versions").asString()))
                .isEqualTo(new VersionRange("[1.0,2.0)"));
    }

    @Test
    void changesNothingWhenItIsRevokedAlready() throws Exception {
        revocations.revokeKey(SOME);
        assertThat(revocations.revokeKey(SOME)).isEqualTo(new Change(1, false));
        assertThat(content().path("serial").asLong()).isEqualTo(1);
    }

    @Test
    void keepsWhatOthersWroteIntoTheList() throws Exception {
        Files.writeString(folder.resolve("revoked.json"), "{\"serial\": 41, \"keys\": [\"%s\"]}".formatted(OTHER));
        assertThat(revocations.revokeFile(SOME).serial()).isEqualTo(42);
        assertThat(content().path("keys").path(0).asString()).isEqualTo(OTHER.hex());
    }

    @Test
    void neverWritesOverADamagedList() throws Exception {
        for (var damaged : new String[] {"{", "[]", "{\"serial\": -1}", "{\"serial\": \"x\"}", "{\"files\": {}}"}) {
            Files.writeString(folder.resolve("revoked.json"), damaged);
            assertThatExceptionOfType(TrustException.class)
                    .isThrownBy(() -> revocations.revokeFile(SOME))
                    .satisfies(refused -> assertThat(refused.code()).isEqualTo("file.damaged"));
            assertThat(folder.resolve("revoked.json")).hasContent(damaged);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "acme bot", "acme..bot", ".acme", "acme.*", "../acme", "acme\n"})
    void revokesNoNameThatNoBundleCanHave(String name) {
        assertThatExceptionOfType(TrustException.class)
                .isThrownBy(() -> revocations.revokeBundle(name, new VersionRange("0.0.0")))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo("bundle.invalid"));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void revokesNoRangeThatHoldsNoVersion() {
        assertThatExceptionOfType(TrustException.class)
                .isThrownBy(() -> revocations.revokeBundle("acme.bot", new VersionRange("[2.0,1.0]")))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo("versions.invalid"));
    }

    @Test
    void losesNoneOfTheRevocationsThatAreMadeAtTheSameTime() throws Exception {
        var threads = new java.util.ArrayList<Thread>();
        for (var i = 0; i < 8; i++) {
            var digest = Digest.of(new byte[] {(byte) i, 7});
            threads.add(Thread.ofPlatform().start(() -> revokeStubbornly(digest)));
        }
        for (var thread : threads) {
            thread.join();
        }
        assertThat(content().path("files").size()).isEqualTo(8);
        assertThat(content().path("serial").asLong()).isEqualTo(8);
    }

    private void revokeStubbornly(Digest digest) {
        var done = false;
        while (!done) {
            try {
                done = new Revocations(folder).revokeFile(digest).added();
            } catch (TrustException busy) {
                assertThat(busy.code()).isEqualTo("trust.busy");
                Thread.onSpinWait();
            } catch (java.io.IOException failed) {
                throw new java.io.UncheckedIOException(failed);
            }
        }
    }

    private JsonNode content() throws Exception {
        return new JsonMapper().readTree(Files.readAllBytes(folder.resolve("revoked.json")));
    }
}
