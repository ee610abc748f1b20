package org.openclaw.launcher.aot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.launcher.Installation;

/** The order of a training and its bounds, with a script in the place of the JVMs. */
class TrainingTest {
    /** Stands for bin/claw: a container that ends by a signal, a rehearsal, and a JVM that makes a cache. */
    private static final String CLAW = """
            #!/bin/sh
            echo "$1 $CLAW_PROFILE $CLAW_AOT $CLAW_JAVA_OPTS" >>"$0.ran"
            case "$CLAW_JAVA_OPTS" in
                *AOTMode=create*) echo made >"${CLAW_JAVA_OPTS##*AOTCache=}"; exit 0 ;;
                *AOTMode=on*) exit 0 ;;
            esac
            case $1 in
                run)
                    trap 'exit 0' TERM
                    echo ready >"$3/ready"
                    while :; do wait; sleep 0.01; done
                    ;;
            esac
            """;

    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private Path temp;

    private Installation installation;
    private AotCaches caches;
    private Path trust;

    @BeforeEach
    void install() throws IOException {
        installation = new Installation(temp.resolve("an installation"));
        caches = new AotCaches(installation.folder().resolve("aot"), "25-1-2");
        trust = Files.createDirectories(temp.resolve("trust/publishers"))
                .resolveSibling(".")
                .normalize();
        Files.writeString(trust.resolve("publishers/acme.json"), "{}");
        Files.writeString(trust.resolve("known.json"), "{}");
        Files.createDirectories(installation.features());
        claw(CLAW);
    }

    @Test
    void makesACacheOfWhatAContainerAndACommandLoad() throws Exception {
        var trained = training(LONG).run(EnumSet.of(AotKind.SMALL, AotKind.VERBS));

        assertThat(trained)
                .isInstanceOfSatisfying(
                        Trained.Made.class,
                        made -> assertThat(made.caches())
                                .extracting(Trained.Cache::kind)
                                .containsExactly(AotKind.SMALL, AotKind.VERBS));
        assertThat(caches.file(AotKind.SMALL)).hasContent("made");
        assertThat(caches.file(AotKind.VERBS)).hasContent("made");
        assertThat(ran())
                .containsExactly(
                        "run small off -XX:AOTMode=record -XX:AOTConfiguration=small.conf",
                        "rehearse small off -XX:AOTMode=record -XX:AOTConfiguration=verbs.conf",
                        "run small off -XX:AOTMode=create -XX:AOTConfiguration=small.conf -XX:AOTCache=small.aot",
                        "run small off -XX:AOTMode=on -XX:AOTCache=small.aot",
                        "status small off -XX:AOTMode=create -XX:AOTConfiguration=verbs.conf -XX:AOTCache=verbs.aot",
                        "status small off -XX:AOTMode=on -XX:AOTCache=verbs.aot");
    }

    @Test
    void leavesNothingBehindButTheCaches() throws Exception {
        training(LONG).run(EnumSet.of(AotKind.SERVER));

        try (var files = Files.list(caches.folder())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("lock", "server-25-1-2.aot");
        }
    }

    @Test
    void installsNoCacheThatTheJvmDoesNotTake() throws Exception {
        claw(CLAW.replace("*AOTMode=on*) exit 0", "*AOTMode=on*) echo mismatch; exit 1"));

        var trained = training(LONG).run(EnumSet.of(AotKind.SMALL));

        assertThat(trained).isInstanceOfSatisfying(Trained.Failed.class, failed -> {
            assertThat(failed.code()).isEqualTo("aot.failed");
            assertThat(failed.text()).contains("mismatch").contains("claw aot");
            assertThat(failed.expected()).isFalse();
        });
        assertThat(caches.has(AotKind.SMALL)).isFalse();
    }

    @Test
    void saysWhyAContainerDidNotStart() throws Exception {
        claw("#!/bin/sh\necho 'The port is taken.'\nexit 1\n");

        assertThat(training(LONG).run(EnumSet.of(AotKind.SMALL)))
                .isInstanceOfSatisfying(
                        Trained.Failed.class,
                        failed -> assertThat(failed.text()).contains("The port is taken."));
    }

    @Test
    void givesUpAfterItsTime() throws Exception {
        var trained = new Training(installation, caches, trust, Duration.ofMillis(300), home -> false)
                .run(EnumSet.of(AotKind.SMALL));

        assertThat(trained)
                .isInstanceOfSatisfying(
                        Trained.Failed.class,
                        failed -> assertThat(failed.code()).isEqualTo("aot.late"));
    }

    @Test
    void endsSoonWhenItIsStopped() throws Exception {
        var begun = new CountDownLatch(1);
        var training = new Training(installation, caches, trust, LONG, home -> {
            begun.countDown();
            return false;
        });
        var trained = CompletableFuture.supplyAsync(() -> {
            try {
                return training.run(EnumSet.of(AotKind.SMALL));
            } catch (InterruptedException never) {
                throw new IllegalStateException(never);
            }
        });
        begun.await();

        training.stop();

        assertThat(trained.get()).isInstanceOfSatisfying(Trained.Failed.class, failed -> {
            assertThat(failed.code()).isEqualTo("aot.stopped");
            assertThat(failed.expected()).isTrue();
        });
        assertThat(caches.folder().resolve(".training")).doesNotExist();
    }

    @Test
    void takesOfAHomeNothingButWhomItTrusts() throws Exception {
        var seen = new CompletableFuture<String>();
        new Training(installation, caches, trust, LONG, home -> {
                    try (var files = Files.walk(home.folder())) {
                        seen.complete(files.filter(Files::isRegularFile)
                                .map(file -> home.folder().relativize(file).toString())
                                .sorted()
                                .toList()
                                .toString());
                    }
                    return Files.exists(home.folder().resolve("ready"));
                })
                .run(EnumSet.of(AotKind.SMALL));

        assertThat(seen.get()).contains("conf/trust/publishers/acme.json").doesNotContain("known.json", "token");
    }

    private Training training(Duration limit) {
        return new Training(
                installation,
                caches,
                trust,
                limit,
                home -> Files.exists(home.folder().resolve("ready")));
    }

    private void claw(String script) throws IOException {
        var claw = Files.createDirectories(installation.folder().resolve("bin")).resolve("claw");
        Files.writeString(claw, script);
        Files.setPosixFilePermissions(claw, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Iterable<String> ran() throws IOException {
        return Files.readAllLines(installation.folder().resolve("bin/claw.ran"));
    }
}
