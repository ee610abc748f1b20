package org.openclaw.deploy.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openclaw.deploy.Digest;
import org.openclaw.deploy.Revocation;
import org.openclaw.deploy.TrustedPublisher;
import org.openclaw.deploy.Verdict;
import org.osgi.framework.VersionRange;

class TrustStoreTest {
    private static final String ANCHOR = "0".repeat(64);
    private static final Digest FILE = new Digest("1".repeat(64));

    @TempDir
    Path folder;

    @BeforeEach
    void makePublishers() throws Exception {
        Files.createDirectories(folder.resolve("publishers"));
    }

    @Test
    void readsASilentFileInTheStrictestWay() throws Exception {
        publisher("{\"anchors\": [\"" + ANCHOR + "\"]}");
        var publisher = TrustStore.load(folder).publishers().getFirst();
        assertThat(publisher.bundles()).isEmpty();
        assertThat(publisher.agents()).containsExactly("*");
        assertThat(publisher.capabilities()).containsExactly("*");
        assertThat(publisher.inProcess()).isFalse();
        assertThat(publisher.mutable()).isFalse();
        assertThat(publisher.nativeCode()).isFalse();
        assertThat(publisher.system()).isFalse();
        assertThat(publisher.crlRequired()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{}",
                "{\"anchors\": []}",
                "{\"anchors\": [\"x\"]}",
                "{\"anchors\": [\"A\"], \"unknown\": 1}",
                "{\"anchors\": [A], \"placment\": \"worker\"}",
                "{\"anchors\": [A], \"anchors\": [A]}",
                "{\"anchors\": [A]} {}",
                "{\"anchors\": [A], \"bundles\": \"acme.*\"}",
                "{\"anchors\": [A], \"bundles\": [\"*.acme\"]}",
                "{\"anchors\": [A], \"bundles\": [\"\"]}",
                "{\"anchors\": [A], \"system\": \"true\"}",
                "{\"anchors\": [A], \"system\": null}",
                "{\"anchors\": [A], \"placement\": \"inprocess\"}",
                "{\"anchors\": [A], \"crl\": \"never\"}",
                "{\"anchors\": [A], \"require\": []}",
                "{\"anchors\": [A], \"require\": [\"pq\"]}",
                "{\"anchors\": [A], \"minVersions\": {\"a\": \"new\"}}",
                "{\"anchors\": [A], \"minVersions\": [\"a\"]}"
            })
    void trustsNothingByADamagedFileAndSaysSo(String text) throws Exception {
        publisher(text.replace("[A]", "[\"" + ANCHOR + "\"]"));
        var store = TrustStore.load(folder);
        assertThat(store.publishers()).isEmpty();
        assertThat(store.problems()).extracting(Verdict.Flag::code).containsExactly("trust.publisher");
        assertThat(store.problems().getFirst().text()).contains("acme.json");
        assertThat(store.blocked()).isEmpty();
    }

    @Test
    void namesAnAnchorThatIsNotThere() throws Exception {
        publisher("{\"anchors\": [\"" + ANCHOR + "\"]}");
        assertThat(TrustStore.load(folder).problems())
                .extracting(Verdict.Flag::code)
                .containsExactly("trust.anchor");
    }

    @Test
    void reportsADamagedCertificate() throws Exception {
        write("roots/acme.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assertThat(TrustStore.load(folder).problems())
                .extracting(Verdict.Flag::code)
                .containsExactly("trust.certificate");
    }

    @Test
    void blocksEverythingNewByADamagedRevocationListOfAnAuthority() throws Exception {
        write("crl/acme.crl", "nothing");
        assertThat(TrustStore.load(folder).blocked().map(Verdict.Flag::code)).contains("trust.crl");
    }

    @Test
    void isSoundWithoutARevokedFile() {
        var store = TrustStore.load(folder);
        assertThat(store.problems()).isEmpty();
        assertThat(store.blocked()).isEmpty();
        assertThat(store.serial()).isZero();
    }

    @Test
    void blocksEverythingNewWhenTheRevokedFileIsGone() throws Exception {
        new Revocations(folder).revokeFile(FILE);
        var before = TrustStore.load(folder);
        Files.delete(folder.resolve("revoked.json"));
        var after = before.reload();
        assertThat(after.blocked().map(Verdict.Flag::code)).contains("revoked.rolledback");
        assertThat(after.revoked().files()).containsExactly(FILE);
        assertThat(after.reload().blocked()).isPresent();
    }

    @Test
    void blocksEverythingNewWhenTheRevokedFileGoesBackAcrossARestart() throws Exception {
        new Revocations(folder).revokeFile(FILE);
        var serial = TrustStore.load(folder).serial();
        assertThat(TrustStore.load(folder, serial).blocked()).isEmpty();
        assertThat(TrustStore.load(folder, serial + 1).blocked().map(Verdict.Flag::code))
                .contains("revoked.rolledback");
    }

    @Test
    void blocksEverythingNewWhenTheRevokedFileChangesUnderOneSerial() throws Exception {
        new Revocations(folder).revokeFile(FILE);
        var before = TrustStore.load(folder);
        write("revoked.json", "{\"serial\": 1, \"files\": [], \"keys\": [], \"bundles\": []}");
        assertThat(before.reload().blocked().map(Verdict.Flag::code)).contains("revoked.rolledback");
    }

    @Test
    void takesUpANewerRevokedFile() throws Exception {
        new Revocations(folder).revokeFile(FILE);
        var before = TrustStore.load(folder);
        new Revocations(folder).revokeKey(FILE);
        var after = before.reload();
        assertThat(after.blocked()).isEmpty();
        assertThat(after.serial()).isEqualTo(2);
        assertThat(after.revoked().keys()).containsExactly(FILE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"files\": []}",
                "{\"serial\": -1}",
                "{\"serial\": 1.5}",
                "{\"serial\": 1, \"fils\": []}",
                "{\"serial\": 1, \"bundles\": [{\"name\": \"a\"}]}",
                "{\"serial\": 1, \"bundles\": [{\"name\": \"a\", \"versions\": \"[2,1\"}]}"
            })
    void blocksEverythingNewByADamagedRevokedFile(String text) throws Exception {
        write("revoked.json", text);
        assertThat(TrustStore.load(folder).blocked().map(Verdict.Flag::code)).contains("revoked.unreadable");
    }

    @Test
    void changesItsStateWithEveryChangeOfAFile() throws Exception {
        var empty = TrustStore.state(folder);
        publisher("{}");
        var one = TrustStore.state(folder);
        publisher("{ }");
        var changed = TrustStore.state(folder);
        new Revocations(folder).revokeFile(FILE);
        var revoked = TrustStore.state(folder);
        assertThat(new String[] {empty, one, changed, revoked}).doesNotHaveDuplicates();
        assertThat(TrustStore.state(folder)).isEqualTo(revoked);
        assertThat(TrustStore.state(folder.resolve("nowhere"))).isNotEqualTo(revoked);
    }

    @Test
    void saysThatAMissingStoreTrustsNothing() {
        assertThat(TrustStore.load(folder.resolve("nowhere")).problems())
                .extracting(Verdict.Flag::code)
                .containsExactly("trust.missing");
    }

    private void publisher(String text) throws Exception {
        write("publishers/acme.json", text);
    }

    private void write(String file, String text) throws Exception {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), text);
    }

    @Test
    void showsADamagedEntryThatTrustsNothingWithWhatIsWrong() throws Exception {
        publisher("{\"anchors\": [\"" + ANCHOR + "\"], \"placment\": \"worker\"}");
        assertThat(TrustStore.load(folder).entries()).singleElement().satisfies(entry -> {
            assertThat(entry.name()).isEqualTo("acme");
            assertThat(entry.anchors()).isEmpty();
            assertThat(entry.limits()).isEqualTo(TrustedPublisher.Limits.NOTHING);
            assertThat(entry.problem().orElse(""))
                    .contains("publishers/acme.json", "unknown field 'placment'", "Correct it.")
                    .doesNotContain(folder.toString());
        });
    }

    @Test
    void saysInWhichLineAnEntryIsBroken() throws Exception {
        publisher("{\n  \"anchors\": [\n");
        assertThat(TrustStore.load(folder).entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.problem().orElse(""))
                        .contains("line 3: Unexpected end-of-input")
                        .doesNotContain("Source"));
    }

    @Test
    void showsAnEntryWhoseAnchorIsNotThere() throws Exception {
        publisher("{\"anchors\": [\"" + ANCHOR + "\"], \"bundles\": [\"acme.*\"]}");
        assertThat(TrustStore.load(folder).entries()).singleElement().satisfies(entry -> {
            assertThat(entry.limits().bundles()).containsExactly("acme.*");
            assertThat(entry.problem().orElse("")).contains(ANCHOR.substring(0, 12), "roots/");
        });
    }

    @Test
    void showsWhatIsRevokedInTheOrderOfItsText() throws Exception {
        write(
                "revoked.json",
                "{\"serial\": 7, \"files\": [\"%s\", \"%s\"], \"keys\": [\"%s\"], \"bundles\": [{\"name\": \"no such name\", \"versions\": \"[1.0,2.0)\"}]}"
                        .formatted("2".repeat(64), FILE, ANCHOR));
        var list = TrustStore.load(folder).revocations();
        assertThat(list.serial()).isEqualTo(7);
        assertThat(list.entries())
                .containsExactly(
                        new Revocation.File(FILE),
                        new Revocation.File(new Digest("2".repeat(64))),
                        new Revocation.Key(new Digest(ANCHOR)),
                        new Revocation.Bundle("no such name", new VersionRange("[1.0,2.0)")));
    }
}
