package org.openclaw.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
    @TempDir
    private Path folder;

    private Installation installation;
    private Home home;

    @BeforeEach
    void installation() throws IOException {
        installation = new Installation(folder.resolve("installation"));
        home = new Home(folder.resolve("a home"));
        Files.createDirectories(installation.conf().resolve("trust/publishers"));
        Files.createDirectories(installation.conf().resolve("keys/acme"));
        Files.writeString(installation.conf().resolve("openclaw.json"), "{}");
        Files.writeString(installation.conf().resolve("admin.token"), "secret");
        Files.writeString(installation.conf().resolve("keys/acme/classical.key.pem"), "secret");
        Files.writeString(installation.conf().resolve("trust/publishers/acme.json"), "{}");
    }

    @Test
    void aNewHomeGetsTheConfigurationButNoSecretsOfTheInstallation() throws Exception {
        HomeFolders.prepare(installation, home);

        assertThat(home.conf().resolve("openclaw.json")).exists();
        assertThat(home.trust().resolve("publishers/acme.json")).exists();
        assertThat(home.adminToken()).doesNotExist();
        assertThat(home.keys()).isEmptyDirectory();
    }

    @Test
    void onlyTheOwnerEntersKeysAndData() throws Exception {
        HomeFolders.prepare(installation, home);

        assertThat(mode(home.keys())).isEqualTo("rwx------");
        assertThat(mode(home.data())).isEqualTo("rwx------");
    }

    @Test
    void aHomeThatIsThereKeepsItsConfiguration() throws Exception {
        Files.createDirectories(home.conf());
        Files.writeString(home.conf().resolve("openclaw.json"), "{\"features\": [\"core\"]}");

        HomeFolders.prepare(installation, home);

        assertThat(home.conf().resolve("openclaw.json")).hasContent("{\"features\": [\"core\"]}");
    }

    @Test
    void anEmptyVolumeForTheConfigurationIsFilled() throws Exception {
        Files.createDirectories(home.conf());

        HomeFolders.prepare(installation, home);

        assertThat(home.trust().resolve("publishers/acme.json")).exists();
    }

    @Test
    void filesThatAreMountedIntoANewConfigurationStay() throws Exception {
        Files.createDirectories(home.trust().resolve("publishers"));
        Files.writeString(home.conf().resolve("openclaw.json"), "{\"features\": [\"core\"]}");

        HomeFolders.prepare(installation, home);

        assertThat(home.conf().resolve("openclaw.json")).hasContent("{\"features\": [\"core\"]}");
        assertThat(home.trust().resolve("publishers/acme.json")).exists();
    }

    @Test
    void whoeverTrustsSomebodyTrustsNobodyMoreByStarting() throws Exception {
        Files.createDirectories(home.trust().resolve("publishers"));
        Files.writeString(home.trust().resolve("publishers/own.json"), "{}");

        HomeFolders.prepare(installation, home);

        assertThat(home.trust().resolve("publishers/acme.json")).doesNotExist();
    }

    @Test
    void aFileInPlaceOfAFolderIsNamed() throws Exception {
        Files.createDirectories(home.folder());
        Files.writeString(home.data(), "");

        assertThatExceptionOfType(LaunchException.class)
                .isThrownBy(() -> HomeFolders.prepare(installation, home))
                .withMessageContaining(home.data().toString());
    }

    @Test
    void aLinkWithinTheDataIsRefused() throws Exception {
        HomeFolders.prepare(installation, home);
        Files.createSymbolicLink(home.data().resolve("artifacts"), installation.bundles());

        assertThatExceptionOfType(LaunchException.class)
                .isThrownBy(() -> HomeFolders.prepare(installation, home))
                .withMessageContaining(home.data().resolve("artifacts").toString())
                .withMessageContaining("it is a link");
    }

    @Test
    void theDataItselfMayBeElsewhere() throws Exception {
        Files.createDirectories(home.folder());
        Files.createSymbolicLink(home.data(), Files.createDirectories(folder.resolve("large disk")));

        HomeFolders.prepare(installation, home);

        assertThat(home.data()).isDirectory();
    }

    @Test
    void writesThroughNoLink() throws Exception {
        HomeFolders.prepare(installation, home);
        var token = Files.writeString(home.adminToken(), "secret");
        Files.createSymbolicLink(home.data().resolve("running.json.new"), token);

        new RunningFile(7, "").write(home);

        assertThat(token).hasContent("secret");
        assertThat(home.running()).isRegularFile();
    }

    @Test
    void takesNoLinkForTheLock() throws Exception {
        HomeFolders.prepare(installation, home);
        var token = Files.writeString(home.adminToken(), "secret");
        Files.createSymbolicLink(home.data().resolve("lock"), token);

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> DataLock.take(home.data()));
        assertThat(token).hasContent("secret");
    }

    @Test
    void wipingDeletesALinkAndNotWhatItPointsTo() throws Exception {
        var outside = Files.writeString(folder.resolve("outside"), "precious");
        var cache = Files.createDirectories(folder.resolve("cache/bundle0"));
        Files.createSymbolicLink(cache.resolve("link"), outside);
        Files.createSymbolicLink(cache.resolve("folder"), installation.folder());

        HomeFolders.wipe(folder.resolve("cache"));

        assertThat(folder.resolve("cache")).doesNotExist();
        assertThat(outside).hasContent("precious");
        assertThat(installation.conf()).exists();
    }

    @Test
    void theFirstStartMakesTokensThatOnlyTheOwnerReads() throws Exception {
        HomeFolders.prepare(installation, home);

        assertThat(AccessTokens.ensure(home, Optional.empty(), new SecureRandom()))
                .isTrue();

        assertThat(Files.readString(home.adminToken())).matches("oc_[A-Za-z0-9_-]{43}\n");
        assertThat(Files.readString(home.readerToken())).isNotEqualTo(Files.readString(home.adminToken()));
        assertThat(mode(home.adminToken())).isEqualTo("rw-------");
    }

    @Test
    void aLaterStartKeepsTheTokens() throws Exception {
        HomeFolders.prepare(installation, home);
        AccessTokens.ensure(home, Optional.empty(), new SecureRandom());
        var token = Files.readString(home.adminToken());

        assertThat(AccessTokens.ensure(home, Optional.empty(), new SecureRandom()))
                .isFalse();

        assertThat(home.adminToken()).hasContent(token);
    }

    @Test
    void theOperatorsTokenTakesThePlaceOfOurs() throws Exception {
        HomeFolders.prepare(installation, home);
        AccessTokens.ensure(home, Optional.empty(), new SecureRandom());
        var secret = Files.writeString(folder.resolve("secret"), "0123456789abcdef0123456789abcdef");

        assertThat(AccessTokens.ensure(home, Optional.of(secret), new SecureRandom()))
                .as("nobody has to be told where the token is")
                .isFalse();

        assertThat(home.adminToken()).hasContent("0123456789abcdef0123456789abcdef\n");
        assertThat(mode(home.adminToken())).isEqualTo("rw-------");
    }

    @Test
    void aTokenThatIsTooShortIsRefusedAndNeverShown() throws Exception {
        HomeFolders.prepare(installation, home);
        var secret = Files.writeString(folder.resolve("secret"), "password");

        assertThatExceptionOfType(LaunchException.class)
                .isThrownBy(() -> AccessTokens.ensure(home, Optional.of(secret), new SecureRandom()))
                .withMessageContaining(secret.toString())
                .withMessageContaining("32 to 1024")
                .withMessageNotContaining("password");
        assertThat(home.adminToken()).doesNotExist();
    }

    @Test
    void aSecretThatIsNotMountedIsRefused() throws Exception {
        HomeFolders.prepare(installation, home);

        assertThatExceptionOfType(LaunchException.class)
                .isThrownBy(() -> AccessTokens.ensure(home, Optional.of(folder.resolve("absent")), new SecureRandom()))
                .withMessageContaining("there is no such file")
                .withMessageContaining("CLAW_ADMIN_TOKEN_FILE");
    }

    @Test
    void dataIsOneContainersAtATime() throws Exception {
        HomeFolders.prepare(installation, home);
        try (var _ = DataLock.take(home.data())) {
            assertThatExceptionOfType(LaunchException.class)
                    .isThrownBy(() -> DataLock.take(home.data()))
                    .withMessageContaining(
                            "is in use by process " + ProcessHandle.current().pid())
                    .withMessageContaining("--home");
        }

        DataLock.take(home.data()).close();
    }

    @Test
    void aTakenPortIsNamedWithItsSetting() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var address = new HttpAddress("127.0.0.1", taken.getLocalPort());

            assertThatExceptionOfType(LaunchException.class)
                    .isThrownBy(address::requireFree)
                    .withMessageContaining("Port " + taken.getLocalPort())
                    .withMessageContaining("org.osgi.service.http.port")
                    .withMessageContaining("--port");
        }
    }

    @Test
    void anAddressOfAnotherMachineIsNamedWithItsSetting() {
        var address = new HttpAddress("192.0.2.1", 8080);

        assertThatExceptionOfType(LaunchException.class)
                .isThrownBy(address::requireFree)
                .withMessageContaining("192.0.2.1")
                .withMessageContaining("org.apache.felix.http.host");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
