package org.openclaw.telemetry.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openclaw.deploy.Digest;
import org.openclaw.deploy.Gate;
import org.openclaw.deploy.Revocation;
import org.openclaw.deploy.RevocationList;
import org.openclaw.deploy.Trust;
import org.openclaw.deploy.TrustedPublisher;
import org.openclaw.deploy.Verdict;
import org.openclaw.telemetry.RuntimeEvent;
import org.osgi.framework.Bundle;

class TrustNewsTest {
    private static final Digest DIGEST = new Digest("a".repeat(64));

    private final List<RuntimeEvent> events = new ArrayList<>();
    private final Bell bell = new Bell();
    private final Store store = new Store();
    private final TrustNews news = new TrustNews(bell, store, events::add, InstantSource.fixed(TestNode.START));

    private static TrustedPublisher publisher(String name, Optional<String> problem) {
        return new TrustedPublisher(name, List.of(), TrustedPublisher.Limits.NOTHING, problem);
    }

    @Test
    void tellsWhatHasChanged() {
        store.publishers = List.of(publisher("acme", Optional.empty()), publisher("beta", Optional.empty()));
        bell.ring();
        store.publishers = List.of(publisher("beta", Optional.of("unreadable")));
        store.revocations = new RevocationList(
                1, List.of(new Revocation.File(DIGEST), new Revocation.Bundle("bot", Revocation.Bundle.EVERY_VERSION)));
        bell.ring();
        store.revocations = new RevocationList(2, List.of(new Revocation.File(DIGEST)));
        bell.ring();

        assertThat(events)
                .extracting(RuntimeEvent::text)
                .containsExactly(
                        "The trust store has changed: the publisher 'acme' is new; the publisher 'beta' is new.",
                        "The trust store has changed: the entry of the publisher 'beta' is another one; the publisher"
                                + " 'acme' is gone; file " + DIGEST + " is revoked; bundle bot, every version is"
                                + " revoked.",
                        "The trust store has changed: bundle bot, every version is no longer revoked.");
        assertThat(events).extracting(RuntimeEvent::kind).containsOnly("trust.changed");
    }

    @Test
    void isSilentWhenTheGateOnlyLooksAgain() {
        store.publishers = List.of(publisher("acme", Optional.empty()));
        bell.ring();
        bell.ring();

        assertThat(events).hasSize(1);
    }

    @Test
    void hearsNothingAfterItsEnd() {
        news.close();
        store.publishers = List.of(publisher("acme", Optional.empty()));
        bell.ring();

        assertThat(events).isEmpty();
    }

    private static final class Store implements Trust {
        private List<TrustedPublisher> publishers = List.of();
        private RevocationList revocations = new RevocationList(0, List.of());

        @Override
        public List<TrustedPublisher> publishers() {
            return publishers;
        }

        @Override
        public RevocationList revocations() {
            return revocations;
        }

        @Override
        public List<Verdict.Flag> problems() {
            return List.of();
        }

        @Override
        public Outcome revoke(Revocation what) {
            throw new UnsupportedOperationException();
        }
    }

    /** A gate that only says when its policy changes. */
    private static final class Bell implements Gate {
        private final List<Runnable> listeners = new ArrayList<>();

        void ring() {
            List.copyOf(listeners).forEach(Runnable::run);
        }

        @Override
        public AutoCloseable onPolicyChange(Runnable listener) {
            listeners.add(listener);
            return () -> listeners.remove(listener);
        }

        @Override
        public Verdict admit(Path file) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Verdict recheck(Digest digest) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Path> stored(Digest digest) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Bundle install(Digest digest) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Verdict> verdict(Bundle bundle) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void retain(Set<Digest> keep) throws IOException {
            throw new UnsupportedOperationException();
        }
    }
}
