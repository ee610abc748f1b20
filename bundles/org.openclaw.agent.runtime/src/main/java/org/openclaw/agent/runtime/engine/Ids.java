package org.openclaw.agent.runtime.engine;

import java.util.HexFormat;
import java.util.function.LongSupplier;
import org.openclaw.message.ReceiptId;

/** Makes receipts: 128 random bits, so that nobody guesses another's. */
final class Ids {
    private final LongSupplier seeds;

    Ids(LongSupplier seeds) {
        this.seeds = seeds;
    }

    ReceiptId receipt() {
        var hex = HexFormat.of();
        return new ReceiptId(hex.toHexDigits(seeds.getAsLong()) + hex.toHexDigits(seeds.getAsLong()));
    }
}
