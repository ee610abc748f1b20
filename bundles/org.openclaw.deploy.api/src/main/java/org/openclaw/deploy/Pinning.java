package org.openclaw.deploy;

import java.util.List;
import org.osgi.framework.Version;

/** What has become of the wish to pin a bundle to a version, or to let it go. */
public sealed interface Pinning {
    /** One paragraph for people: what happened, to whom, what was expected, what to do. */
    String text();

    /**
     * The pins are changed, durably, or were so already.
     *
     * @param deployment how it stands once it has settled. {@link Deployment#isAsWanted()} tells whether the version that
     *     was asked for serves; when it does not come up, what served before goes on, and its text says why
     */
    record Done(Deployment deployment) implements Pinning {
        @Override
        public String text() {
            return deployment.text();
        }
    }

    /**
     * Nothing of this name is deployed; nothing has changed.
     *
     * @param name what was asked for
     */
    record UnknownDeployment(String name) implements Pinning {
        @Override
        public String text() {
            return "Nothing is deployed under the name '%s' (expected: a Bundle-SymbolicName that 'claw bundles' or GET /v1/deployments shows). Deploy it first."
                    .formatted(name);
        }
    }

    /**
     * The folder has no trusted file of this version; nothing has changed.
     *
     * @param deployment what there is
     * @param version what was asked for
     */
    record UnknownVersion(Deployment deployment, Version version) implements Pinning {
        /** The versions that there are, the highest first, each once. */
        public List<Version> known() {
            return deployment.versions().stream()
                    .map(candidate -> candidate.artifact().version())
                    .distinct()
                    .toList();
        }

        @Override
        public String text() {
            var known = known();
            var expected = known.isEmpty()
                    ? "there is no version of it"
                    : "expected one of: "
                            + String.join(
                                    ", ", known.stream().map(Version::toString).toList());
            return "No trusted file in deploy/ brings %s %s (%s). Deploy that version first; 'claw bundles' says what is wrong with a file that was refused."
                    .formatted(deployment.name(), version, expected);
        }
    }

    /**
     * {@code deploy/pins.json} cannot be read, so nothing is written over it; nothing has changed.
     *
     * @param refusal what is wrong with it
     */
    record Unreadable(Verdict.Refused refusal) implements Pinning {
        @Override
        public String text() {
            return refusal.text();
        }
    }
}
