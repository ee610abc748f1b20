package org.openclaw.telemetry.health;

import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.openclaw.agent.AgentCounts;
import org.openclaw.agent.AgentTypeView;
import org.openclaw.telemetry.Finding;
import org.openclaw.telemetry.NodeStatus;
import org.openclaw.telemetry.Severity;

/** What there is to say about the agents, type by type. */
final class AgentFindings {
    private AgentFindings() {}

    static NodeStatus.AgentCounts counts(List<AgentTypeView> types) {
        return new NodeStatus.AgentCounts(
                types.stream().mapToLong(AgentTypeView::agents).sum(),
                types.size(),
                sum(types, AgentCounts::active),
                sum(types, AgentCounts::passive),
                sum(types, AgentCounts::suspended),
                sum(types, AgentCounts::draining),
                sum(types, AgentCounts::quarantined),
                sum(types, AgentCounts::stranded));
    }

    private static long sum(List<AgentTypeView> types, ToLongFunction<AgentCounts> count) {
        return types.stream().map(AgentTypeView::counts).mapToLong(count).sum();
    }

    static List<Finding> of(List<AgentTypeView> types) {
        return types.stream()
                .flatMap(type -> Stream.of(stranded(type), quarantined(type), typeSuspended(type), suspended(type)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Finding> stranded(AgentTypeView type) {
        if (type.serving().isPresent() || type.agents() == 0) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                "type.stranded",
                Severity.ERROR,
                type.name(),
                "No version of the agent type '" + type.name() + "' runs; it has " + agents(type.agents()) + ".",
                "Messages to them are accepted and wait until a version runs.",
                "Deploy a bundle that brings it: 'claw deploy --wait FILE.jar'. 'claw bundles' says why one that is there"
                        + " does not serve."));
    }

    private static Optional<Finding> quarantined(AgentTypeView type) {
        long count = type.counts().quarantined();
        if (count == 0) {
            return Optional.empty();
        }
        return Optional.of(
                new Finding(
                        "agents.quarantined",
                        Severity.ERROR,
                        type.name(),
                        agents(count) + " of the type '" + type.name() + "' " + (count == 1 ? "is" : "are")
                                + " quarantined.",
                        "Their messages wait: one has failed too often, the version that serves cannot read their state, or a turn"
                                + " of them does not end.",
                        "'claw agents --state quarantined --type " + type.name() + "' lists them, 'claw agents show "
                                + type.name()
                                + "/KEY' says why. Mend the cause and let them go on with 'claw agents resume "
                                + type.name()
                                + "/KEY'; deploy a version that can read their state; restart the node when a turn does not end."));
    }

    private static Optional<Finding> typeSuspended(AgentTypeView type) {
        if (!type.suspended()) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                "type.suspended",
                Severity.WARNING,
                type.name(),
                "The agent type '" + type.name() + "' is suspended; it has " + agents(type.agents()) + ".",
                "None of them begins a turn until the type is resumed; full inboxes refuse more messages.",
                "'claw agents resume-type " + type.name() + "' lets them go on."));
    }

    private static Optional<Finding> suspended(AgentTypeView type) {
        long count = type.counts().withheld();
        if (count == 0) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                "agents.suspended",
                Severity.WARNING,
                type.name(),
                agents(count) + " of the type '" + type.name() + "' " + (count == 1 ? "is" : "are")
                        + " suspended while messages wait.",
                "Nothing handles these messages until the agents are resumed; full inboxes refuse more.",
                "'claw agents --state suspended --type " + type.name() + "' lists them; 'claw agents resume "
                        + type.name() + "/KEY' lets one go on."));
    }

    private static String agents(long count) {
        return count == 1 ? "1 agent" : count + " agents";
    }
}
