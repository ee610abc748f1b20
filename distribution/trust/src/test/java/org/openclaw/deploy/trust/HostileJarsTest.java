package org.openclaw.deploy.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openclaw.deploy.Verdict;

/** Every known way to get a jar past a signature check, tried against this one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileJarsTest {
    @TempDir
    Path folder;

    private Scene.Cast cast;
    private int scenes;

    @BeforeAll
    void makeKeys() throws Exception {
        cast = Scene.Cast.make();
    }

    static Stream<Attack> attacks() {
        return Stream.of(ZipAttacks.all(), ContentAttacks.all(), SignatureAttacks.all(), TrustAttacks.all())
                .flatMap(attacks -> attacks);
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void refusesForItsOwnReason(Attack attack) throws Exception {
        var scene = scene();
        var verdict = scene.judge(attack.strike().against(scene));
        assertThat(verdict).isInstanceOfSatisfying(Verdict.Refused.class, refused -> {
            assertThat(refused.code()).as(refused.text()).isEqualTo(attack.code());
            assertThat(refused.reason()).isNotBlank();
            assertThat(refused.cure()).endsWith(".");
        });
    }

    @Test
    void acceptsTheSameJarWithoutAnAttack() throws Exception {
        var scene = scene();
        assertThat(scene.judge(scene.jar().toBytes())).isInstanceOf(Verdict.Trusted.class);
    }

    @Test
    void acceptsTheSameJarSignedByBothKindsOfKeys() throws Exception {
        var scene = scene().policy("require", java.util.List.of("classical", "pq"));
        var jar = SignatureAttacks.both(scene, cast.pqLeaf(), true, true);
        assertThat(scene.judge(jar.toBytes())).isInstanceOf(Verdict.Trusted.class);
    }

    @Test
    void triesNoAttackTwice() {
        var names = new HashSet<String>();
        assertThat(attacks().map(Attack::name).filter(name -> !names.add(name))).isEmpty();
    }

    private Scene scene() throws Exception {
        return new Scene(cast, folder.resolve("trust-" + scenes++));
    }
}
