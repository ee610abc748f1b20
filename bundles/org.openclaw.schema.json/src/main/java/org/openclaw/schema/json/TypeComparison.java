package org.openclaw.schema.json;

import java.util.ArrayList;
import java.util.List;
import org.openclaw.schema.Compatibility;
import org.openclaw.schema.Incompatibility;
import org.openclaw.schema.Schema;
import org.openclaw.schema.SchemaBreak;
import org.openclaw.schema.TypeSchemas;

/** Says whether one version of an agent type may take the place of another. */
final class TypeComparison {
    private TypeComparison() {}

    /** By message in the order of the present version, then the state. */
    static List<SchemaBreak> of(TypeSchemas present, TypeSchemas arriving) {
        if (!present.agentType().equals(arriving.agentType())) {
            throw new IllegalArgumentException(
                    "agent types '%s' and '%s': two types (expected: two versions of one). Compare by name."
                            .formatted(present.agentType(), arriving.agentType()));
        }
        var policy = arriving.policy();
        var found = new ArrayList<SchemaBreak>();
        for (var older : present.messages()) {
            arriving.message(older.name())
                    .ifPresentOrElse(
                            newer -> compare(older, newer, policy.messages(), found),
                            () -> missing(older, policy.messages(), found));
        }
        compare(present.state(), arriving.state(), policy.state(), found);
        return found;
    }

    private static void compare(Schema older, Schema newer, Compatibility policy, List<SchemaBreak> found) {
        if (policy != Compatibility.NONE && !older.json().equals(newer.json())) {
            Comparison.of(older, newer, policy).forEach(why -> found.add(new SchemaBreak(older.name(), why)));
        }
    }

    private static void missing(Schema older, Compatibility policy, List<SchemaBreak> found) {
        if (policy.newerReads()) {
            found.add(new SchemaBreak(
                    older.name(),
                    new Incompatibility(
                            Incompatibility.Reader.NEWER,
                            "",
                            "the newer version does not know such messages, the older's senders may write them",
                            "Keep the record, and its message type")));
        }
    }
}
