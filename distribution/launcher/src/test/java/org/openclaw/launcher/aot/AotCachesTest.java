package org.openclaw.launcher.aot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openclaw.launcher.Installation;
import org.openclaw.launcher.aot.AotCaches.State;

class AotCachesTest {
    private static final String KEY = "25.0.3+9-LTS-374837265-5521";
    private static final String SHARING = "mixed mode, emulated-client, sharing";

    @TempDir
    private Path installation;

    @Test
    void lieInTheInstallationUnderTheNameOfWhatTheyWereMadeWith() {
        assertThat(caches().file(AotKind.SMALL))
                .isEqualTo(installation.resolve("aot/small-25.0.3+9-LTS-374837265-5521.aot"));
        assertThat(caches().file(AotKind.VERBS)).hasFileName("verbs-" + KEY + ".aot");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../../data/x", "25 26", "a/b"})
    void areNoneWithoutAKeyThatIsAName(String key) {
        assertThat(AotCaches.of(new Installation(installation), key)).isEmpty();
    }

    @Test
    void isAbsentWhereThereIsNoFile() {
        assertThat(state("", SHARING)).isEqualTo(State.ABSENT);
    }

    @Test
    void isUntrustedWhereTheScriptLeftTheFile() throws IOException {
        cache();
        assertThat(state("", SHARING)).isEqualTo(State.UNTRUSTED);
    }

    @Test
    void isUsedWhenTheJvmSharesWhatItWasGiven() throws IOException {
        cache();
        assertThat(state("true", SHARING)).isEqualTo(State.USED);
    }

    @Test
    void isRefusedWhenTheJvmSharesNothing() throws IOException {
        cache();
        assertThat(state("true", "mixed mode, emulated-client")).isEqualTo(State.REFUSED);
    }

    @Test
    void aLinkIsNoCache() throws IOException {
        Files.createDirectories(caches().folder());
        Files.createSymbolicLink(caches().file(AotKind.SMALL), Files.createFile(installation.resolve("elsewhere")));
        assertThat(caches().has(AotKind.SMALL)).isFalse();
    }

    private AotCaches caches() {
        return AotCaches.of(new Installation(installation), KEY).orElseThrow();
    }

    private void cache() throws IOException {
        Files.createDirectories(caches().folder());
        Files.createFile(caches().file(AotKind.SMALL));
    }

    private State state(String given, String vm) {
        return caches().state(AotKind.SMALL, Map.of("openclaw.aot.given", given, "java.vm.info", vm));
    }
}
