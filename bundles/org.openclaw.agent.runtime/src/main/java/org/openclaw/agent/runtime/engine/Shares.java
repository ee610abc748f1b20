package org.openclaw.agent.runtime.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/**
 * What tenants and agent types get of the node.
 *
 * @param tenants by name, those that differ from the others
 * @param types the same; bounds are of all tenants together
 */
public record Shares(Map<String, Share> tenants, Map<String, Share> types) {
    /** Where there is no bound. */
    public static final int UNBOUND = Integer.MAX_VALUE;

    /** All have the same, and no bound. */
    public static final Shares EQUAL = new Shares(Map.of(), Map.of());

    private static final Share USUAL = new Share(1, UNBOUND, UNBOUND);
    private static final Pattern ENTRY = Pattern.compile("(tenant|type):([^=\\s]+)=(\\d{1,9})");

    public Shares {
        tenants = Map.copyOf(tenants);
        types = Map.copyOf(types);
    }

    /**
     * What one of them gets.
     *
     * @param weight how many turns it begins for each turn of one with the weight 1, while both have some waiting; of types, within a
     *     tenant
     * @param turns how many of its turns may be under way at once; a suspended turn is not under way
     * @param perSecond how many of its turns may begin in a second, spread evenly: a tenth of them at once at most
     */
    public record Share(int weight, int turns, int perSecond) {
        private Share weight(int next) {
            return new Share(next, turns, perSecond);
        }

        private Share turns(int next) {
            return new Share(weight, next, perSecond);
        }

        private Share perSecond(int next) {
            return new Share(weight, turns, next);
        }
    }

    /** What a tenant gets. */
    public Share tenant(String name) {
        return tenants.getOrDefault(name, USUAL);
    }

    /** What a type gets. */
    public Share type(String name) {
        return types.getOrDefault(name, USUAL);
    }

    /**
     * As they are configured.
     *
     * @param weights each such as {@code tenant:acme=4} or {@code type:triage=2}
     * @param turns each such as {@code tenant:acme=100} or {@code type:triage=8}
     * @param perSecond the same
     * @throws IllegalArgumentException naming what cannot be read
     */
    public static Shares of(List<String> weights, List<String> turns, List<String> perSecond) {
        var tenants = new HashMap<String, Share>();
        var types = new HashMap<String, Share>();
        read("fair.weights", weights, tenants, types, Share::weight);
        read("concurrent.turns", turns, tenants, types, Share::turns);
        read("rate.turns", perSecond, tenants, types, Share::perSecond);
        return new Shares(tenants, types);
    }

    private static void read(
            String setting,
            List<String> entries,
            Map<String, Share> tenants,
            Map<String, Share> types,
            BiFunction<Share, Integer, Share> with) {
        for (var entry : entries) {
            var parts = ENTRY.matcher(entry.strip());
            if (!parts.matches() || Integer.parseInt(parts.group(3)) == 0) {
                throw new IllegalArgumentException(setting + " of org.openclaw.agent.runtime: '" + entry
                        + "' (expected: tenant:NAME=NUMBER or type:NAME=NUMBER, with a number above 0)");
            }
            var into = parts.group(1).equals("tenant") ? tenants : types;
            into.merge(
                    parts.group(2),
                    with.apply(USUAL, Integer.valueOf(parts.group(3))),
                    (known, _) -> with.apply(known, Integer.valueOf(parts.group(3))));
        }
    }
}
