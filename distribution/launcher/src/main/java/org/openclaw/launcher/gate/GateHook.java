package org.openclaw.launcher.gate;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import org.openclaw.deploy.Verdict;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/**
 * Keeps bundle revisions that may not run from ever resolving, whichever way they came in.
 *
 * <p>What a hook may do without harm is narrower than the specification says: taking a revision away in
 * {@link ResolverHook#filterResolvable} makes Felix 7 fail the resolution of <em>other</em> bundles. So:
 *
 * <ul>
 *   <li>A refused bundle that is resolved for itself fails in {@link #begin}, by an exception; its text is what the log, the
 *       shell, the console and the {@code FrameworkEvent} show.
 *   <li>Resolved together with others, it cannot get what it requires, nor can others get what it offers: it stays
 *       unresolved, and the others take another provider or fail for want of one.
 *   <li>Only a refused trigger without a single requirement (not even for a Java version), which no match can hold back, is
 *       taken away. A call that resolves many bundles at once then resolves none; each of the others resolves when it is
 *       started for itself, as the container starts them.
 * </ul>
 *
 * <p>The verdicts are cached by whoever stands behind {@code refusal}: it is called for each candidate of each requirement.
 */
final class GateHook implements ResolverHookFactory {
    private final Function<BundleRevision, Optional<Verdict.Refused>> refusal;

    /** @param refusal why a revision may not run; empty when it may; called by many threads */
    GateHook(Function<BundleRevision, Optional<Verdict.Refused>> refusal) {
        this.refusal = refusal;
    }

    @Override
    public ResolverHook begin(Collection<BundleRevision> triggers) {
        if (triggers.size() == 1) {
            refusal.apply(triggers.iterator().next()).ifPresent(refused -> {
                throw new RefusedResolutionException(refused.text());
            });
        }
        return new Filter(triggers);
    }

    private boolean refused(BundleRevision revision) {
        return refusal.apply(revision).isPresent();
    }

    private final class Filter implements ResolverHook {
        private final Collection<BundleRevision> triggers;

        Filter(Collection<BundleRevision> triggers) {
            this.triggers = triggers;
        }

        @Override
        public void filterResolvable(Collection<BundleRevision> candidates) {
            candidates.removeIf(candidate -> triggers.contains(candidate)
                    && candidate.getDeclaredRequirements(null).isEmpty()
                    && refused(candidate));
        }

        @Override
        public void filterMatches(BundleRequirement requirement, Collection<BundleCapability> candidates) {
            if (refused(requirement.getRevision())) {
                candidates.clear();
            } else {
                candidates.removeIf(candidate -> refused(candidate.getRevision()));
            }
        }

        @Override
        public void filterSingletonCollisions(
                BundleCapability singleton, Collection<BundleCapability> collisionCandidates) {
            // a refused singleton must not keep a trusted one from resolving
            if (refused(singleton.getRevision())) {
                return;
            }
            collisionCandidates.removeIf(candidate -> refused(candidate.getRevision()));
        }

        @Override
        public void end() {
            // nothing is held
        }
    }
}
