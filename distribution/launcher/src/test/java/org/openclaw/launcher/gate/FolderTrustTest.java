package org.openclaw.launcher.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.deploy.Digest;
import org.openclaw.deploy.Revocation;
import org.openclaw.deploy.Trust;
import org.openclaw.deploy.Trust.Outcome;
import org.openclaw.deploy.Verdict;
import org.openclaw.deploy.trust.BundleSigner;
import org.openclaw.deploy.trust.Grants;
import org.osgi.framework.VersionRange;

/** The trust store as bundles see it. */
class FolderTrustTest {
    private static final Digest SOME = Digest.of(new byte[] {1});

    @TempDir
    Path folder;

    private BundleSigner acme;
    private GatedFramework framework;

    @BeforeEach
    void open() throws Exception {
        acme = GatedFramework.publisher(folder, "acme", Grants.inProcess(List.of("acme.*")));
        framework = GatedFramework.start(folder);
    }

    @AfterEach
    void close() throws Exception {
        framework.close();
    }

    @Test
    void showsPublishersWithTheirAnchors() {
        assertThat(trust().publishers()).singleElement().satisfies(publisher -> {
            assertThat(publisher.name()).isEqualTo("acme");
            assertThat(publisher.anchors())
                    .singleElement()
                    .satisfies(anchor -> assertThat(anchor.subject()).isEqualTo("CN=acme anchor"));
            assertThat(publisher.limits().bundles()).containsExactly("acme.*");
            assertThat(publisher.limits().inProcess()).isTrue();
            assertThat(publisher.problem()).isEmpty();
        });
    }

    @Test
    void seesAChangeOfTheFilesAtOnce() throws Exception {
        Files.writeString(folder.resolve("trust/publishers/acme.json"), "{");
        assertThat(trust().publishers())
                .singleElement()
                .satisfies(publisher -> assertThat(publisher.problem()).isPresent());
        assertThat(trust().problems()).extracting(Verdict.Flag::code).containsExactly("trust.publisher");
    }

    @Test
    void revokesForEverybodyWithinTwoSeconds() throws Exception {
        var bundle = framework.deploy(framework.signed(acme, BundleJar.named("acme.bot", "1.0.0"), "bot.jar"));
        bundle.start();
        var told = new CountDownLatch(1);
        try (var _ = framework.gate().onPolicyChange(told::countDown)) {
            var what = new Revocation.Bundle("acme.bot", new VersionRange("[1.0,2.0)"));
            assertThat(trust().revoke(what)).isEqualTo(new Outcome.Revoked(what, true, 1));
            assertThat(told.await(2, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(framework.gate().verdict(bundle).orElseThrow())
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("revoked.bundle"));
    }

    @Test
    void listsWhatItRevoked() throws Exception {
        trust().revoke(new Revocation.Key(SOME));
        trust().revoke(new Revocation.File(SOME));
        assertThat(trust().revocations().entries())
                .containsExactly(new Revocation.File(SOME), new Revocation.Key(SOME));
        assertThat(trust().revocations().serial()).isEqualTo(2);
    }

    @Test
    void revokesNothingTwice() throws Exception {
        var what = new Revocation.File(SOME);
        trust().revoke(what);
        assertThat(trust().revoke(what)).isEqualTo(new Outcome.Revoked(what, false, 1));
    }

    @Test
    void refusesToWriteOverADamagedList() throws Exception {
        Files.writeString(folder.resolve("trust/revoked.json"), "{");
        assertThat(trust().revoke(new Revocation.File(SOME)))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("file.damaged"));
        assertThat(folder.resolve("trust/revoked.json")).hasContent("{");
    }

    @Test
    void makesCallersWaitForEachOther() throws Exception {
        try (var callers = Executors.newFixedThreadPool(8)) {
            var outcomes = new ArrayList<Future<Outcome>>();
            for (var i = 0; i < 8; i++) {
                var what = new Revocation.File(Digest.of(new byte[] {(byte) i, 7}));
                outcomes.add(callers.submit(() -> trust().revoke(what)));
            }
            for (var outcome : outcomes) {
                assertThat(outcome.get()).isInstanceOf(Outcome.Revoked.class);
            }
        }
        assertThat(trust().revocations().serial()).isEqualTo(8);
    }

    private Trust trust() {
        var context = framework.context();
        return context.getService(context.getServiceReference(Trust.class));
    }
}
