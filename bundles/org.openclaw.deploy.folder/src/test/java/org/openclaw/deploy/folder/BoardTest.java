package org.openclaw.deploy.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.openclaw.deploy.Artifact;
import org.openclaw.deploy.DeployedFile.State;
import org.openclaw.deploy.Deployment;
import org.openclaw.deploy.Digest;
import org.openclaw.deploy.Signature;
import org.openclaw.deploy.Verdict;
import org.openclaw.telemetry.RuntimeEvent;
import org.openclaw.telemetry.Severity;
import org.osgi.framework.Version;

/** What the board tells of its changes. */
class BoardTest {
    private static final Instant AT = Instant.parse("2026-11-01T12:00:00Z");
    private static final Digest DIGEST = new Digest("a".repeat(64));
    private static final Artifact ARTIFACT = new Artifact("acme.bot", Version.parseVersion("1.2.0"), DIGEST, 1_000);

    private final List<RuntimeEvent> events = new ArrayList<>();
    private final Board board = new Board(new Herald(events::add));

    private void show(State state, Verdict verdict, boolean serving) {
        show(state, Optional.of(verdict), serving ? Optional.of(ARTIFACT) : Optional.empty());
    }

    private void show(State state, Optional<Verdict> verdict, Optional<Artifact> serving) {
        board.show(List.of(Board.Finding.of("bot.jar", state, verdict, serving, Duration.ZERO)), new TreeMap<>(), AT);
    }

    private void pinned(Optional<String> version) {
        var deployment = new Deployment(
                "acme.bot",
                Optional.of(ARTIFACT.version()),
                version.map(Version::parseVersion),
                List.of(),
                "acme.bot is pinned to " + version + ".");
        board.show(List.of(), new TreeMap<>(Map.of("acme.bot", deployment)), AT);
    }

    private static Verdict trusted(Verdict.Flag... flags) {
        var signature = new Signature("Ed25519", "CN=Acme", DIGEST, DIGEST, AT, Optional.empty());
        return new Verdict.Trusted("bot.jar", ARTIFACT, "acme", List.of(signature), List.of(), List.of(flags));
    }

    private static Verdict refused() {
        return new Verdict.Refused(
                "bot.jar", Optional.empty(), "signature.missing", "it is not signed", "", "Sign it.");
    }

    @Test
    void tellsEachChangeOnce() {
        show(State.ARRIVING, Optional.empty(), Optional.empty());
        show(State.SERVING, trusted(), true);
        show(State.SERVING, trusted(), true);
        show(State.SUPERSEDED, trusted(), false);
        board.show(List.of(), new TreeMap<>(), AT);

        assertThat(events)
                .extracting(RuntimeEvent::kind)
                .containsExactly("bundle.serving", "bundle.superseded", "bundle.removed");
        assertThat(events).allSatisfy(event -> {
            assertThat(event.subject()).isEqualTo("bot.jar");
            assertThat(event.severity()).isEqualTo(Severity.INFO);
            assertThat(event.text()).contains("bot.jar");
        });
    }

    @Test
    void warnsOfABundleThatRunsAlthoughSomethingIsWrong() {
        show(State.SERVING, trusted(new Verdict.Flag("signer.expired", "Its certificate has expired.")), true);

        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.kind()).isEqualTo("bundle.flagged");
            assertThat(event.severity()).isEqualTo(Severity.WARNING);
            assertThat(event.text()).contains("Its certificate has expired.");
        });
    }

    @Test
    void callsARefusalAnErrorUnlessAnEarlierFileServes() {
        show(State.REFUSED, refused(), false);
        show(State.REFUSED, refused(), true);

        assertThat(events).extracting(RuntimeEvent::kind).containsOnly("bundle.refused");
        assertThat(events).extracting(RuntimeEvent::severity).containsExactly(Severity.ERROR, Severity.WARNING);
    }

    @Test
    void tellsThatABundleIsPinnedAndUnpinned() {
        pinned(Optional.empty());
        pinned(Optional.of("1.2.0"));
        pinned(Optional.of("1.2.0"));
        pinned(Optional.of("1.1.0"));
        pinned(Optional.empty());

        assertThat(events)
                .extracting(RuntimeEvent::kind)
                .containsExactly("bundle.pinned", "bundle.pinned", "bundle.unpinned");
        assertThat(events).allSatisfy(event -> assertThat(event.subject()).isEqualTo("acme.bot"));
    }

    @Test
    void doesNotTellOfThePinsThatWereThereAtTheStart() {
        pinned(Optional.of("1.2.0"));

        assertThat(events).isEmpty();
    }
}
