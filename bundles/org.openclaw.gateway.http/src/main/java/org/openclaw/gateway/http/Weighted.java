package org.openclaw.gateway.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One choice of an {@code Accept} header (RFC 9110, 12.4.2).
 *
 * @param name in lower case, without parameters
 * @param weight from 0, never, to 1
 */
record Weighted(String name, double weight) {
    /** The choices in their order; what is malformed counts as never. */
    static List<Weighted> of(String header) {
        if (header.isEmpty()) {
            return List.of();
        }
        var all = new ArrayList<Weighted>();
        for (String part : header.split(",", -1)) {
            var pieces = part.strip().toLowerCase(Locale.ROOT).split("\\s*;\\s*", -1);
            if (!pieces[0].isEmpty()) {
                all.add(new Weighted(pieces[0], weight(pieces)));
            }
        }
        return all;
    }

    private static double weight(String[] pieces) {
        double weight = 1;
        for (String piece : pieces) {
            if (piece.startsWith("q=")) {
                weight = piece.matches("q=(0(\\.[0-9]{0,3})?|1(\\.0{0,3})?)")
                        ? Double.parseDouble(piece.substring(2))
                        : 0;
            }
        }
        return weight;
    }
}
