package org.openclaw.deploy.folder;

import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.openclaw.deploy.Digest;
import org.openclaw.deploy.Gate;
import org.openclaw.deploy.Verdict.Refused;
import org.openclaw.deploy.Verdict.Trusted;
import org.openclaw.schema.Schemas;
import org.openclaw.schema.TypeSchemas;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the agent types of a bundle get on with the newest version of each that is deployed. Reads the bytes that the gate has
 * verified. Used by the keeper's thread alone.
 */
final class SchemaRule {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaRule.class);

    private final Gate gate;
    private final Schemas schemas;
    private final Map<Digest, List<TypeSchemas>> read = new HashMap<>();

    SchemaRule(Gate gate, Schemas schemas) {
        this.gate = gate;
        this.schemas = schemas;
    }

    /**
     * Why a bundle must not take over; empty when it may.
     *
     * @param deployed what serves, or served last on behalf of a file that is still there
     */
    Optional<Refused> refusal(Trusted arriving, Collection<Trusted> deployed) {
        try {
            for (var type : of(arriving)) {
                var present = newest(type.agentType(), arriving, deployed);
                var refused = present.flatMap(other -> refusal(arriving, type, other));
                if (refused.isPresent()) {
                    return refused;
                }
            }
            return Optional.empty();
        } catch (IOException gone) {
            LOG.debug("The store does not have {}, which its installation will say", arriving.artifact(), gone);
            return Optional.empty();
        } catch (RuntimeException | StackOverflowError malformed) {
            return Optional.of(Refusals.schemasUnreadable(arriving.subject(), arriving.artifact(), malformed));
        }
    }

    private static Optional<Trusted> newest(String type, Trusted arriving, Collection<Trusted> deployed) {
        return deployed.stream()
                .filter(other -> other.agents().contains(type)
                        && !other.artifact().digest().equals(arriving.artifact().digest()))
                .max(Comparator.comparing(other -> other.artifact().version()));
    }

    private Optional<Refused> refusal(Trusted arriving, TypeSchemas type, Trusted other) {
        return present(type.agentType(), other)
                .map(present -> schemas.compare(present, type))
                .filter(found -> !found.isEmpty())
                .map(found ->
                        Refusals.incompatible(arriving.subject(), arriving.artifact(), type, other.artifact(), found));
    }

    /** What is deployed already is not judged: where it cannot be read, there is nothing to get on with. */
    private Optional<TypeSchemas> present(String type, Trusted other) {
        try {
            var found = of(other).stream()
                    .filter(each -> each.agentType().equals(type))
                    .findFirst();
            found.ifPresent(each -> {
                each.messages().forEach(schemas::compile);
                schemas.compile(each.state());
            });
            return found;
        } catch (IOException | IllegalArgumentException unreadable) {
            LOG.warn(
                    "The schemas of {} cannot be read ({}); what replaces it is not compared with it.",
                    other.artifact(),
                    unreadable.getMessage());
            return Optional.empty();
        }
    }

    private List<TypeSchemas> of(Trusted bundle) throws IOException {
        var digest = bundle.artifact().digest();
        var known = read.get(digest);
        if (known != null) {
            return known;
        }
        var stored = gate.stored(digest);
        if (bundle.agents().isEmpty() || stored.isEmpty()) {
            return List.of();
        }
        var found = schemas.readBundle(stored.get()).stream()
                .filter(type -> bundle.agents().contains(type.agentType()))
                .toList();
        read.put(digest, found);
        return found;
    }

    /** Forgets what it has read of bundles that nobody asks for any more. */
    void forget(Set<Digest> except) {
        read.keySet().retainAll(except);
    }
}
