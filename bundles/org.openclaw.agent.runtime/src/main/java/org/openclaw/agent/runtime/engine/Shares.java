package org.openclaw.agent.runtime.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What tenants and agent types get of the node.
 *
 * @param tenantWeights how many turns a tenant begins for each turn of one that is not named, while both have some waiting
 * @param typeWeights the same between the types of one tenant
 * @param tenantTurns how many turns of a tenant may be under way at once, where that is bound; a suspended turn is not under way
 * @param typeTurns the same for a type, of all tenants together
 */
public record Shares(
        Map<String, Integer> tenantWeights,
        Map<String, Integer> typeWeights,
        Map<String, Integer> tenantTurns,
        Map<String, Integer> typeTurns) {
    /** All have the same, and no bound. */
    public static final Shares EQUAL = new Shares(Map.of(), Map.of(), Map.of(), Map.of());

    private static final Pattern ENTRY = Pattern.compile("(tenant|type):([^=\\s]+)=(\\d{1,9})");

    public Shares {
        tenantWeights = Map.copyOf(tenantWeights);
        typeWeights = Map.copyOf(typeWeights);
        tenantTurns = Map.copyOf(tenantTurns);
        typeTurns = Map.copyOf(typeTurns);
    }

    /**
     * As they are configured.
     *
     * @param weights each such as {@code tenant:acme=4} or {@code type:triage=2}
     * @param turns each such as {@code tenant:acme=100} or {@code type:triage=8}
     * @throws IllegalArgumentException naming what cannot be read
     */
    public static Shares of(List<String> weights, List<String> turns) {
        return new Shares(
                read("fair.weights", weights, "tenant"),
                read("fair.weights", weights, "type"),
                read("concurrent.turns", turns, "tenant"),
                read("concurrent.turns", turns, "type"));
    }

    private static Map<String, Integer> read(String setting, List<String> entries, String whose) {
        var read = new HashMap<String, Integer>();
        for (var entry : entries) {
            var parts = ENTRY.matcher(entry.strip());
            if (!parts.matches() || Integer.parseInt(parts.group(3)) == 0) {
                throw new IllegalArgumentException(setting + " of org.openclaw.agent.runtime: '" + entry
                        + "' (expected: tenant:NAME=NUMBER or type:NAME=NUMBER, with a number above 0)");
            }
            if (parts.group(1).equals(whose)) {
                read.put(parts.group(2), Integer.parseInt(parts.group(3)));
            }
        }
        return read;
    }
}
