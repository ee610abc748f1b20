package org.openclaw.gateway.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The large answers that their clients have not taken yet. They hold memory, so they are bounded in bytes, all together: beyond that, who
 * has taken longest is cut. What was done for such a client stays done, and it may ask again. Thread-safe.
 */
final class LargeAnswers {
    private final long most;
    private final Duration within;
    /** Whoever began first comes first. Guarded by this, as below. */
    private final Set<BodyWriter> open = new LinkedHashSet<>();

    private long bytes;

    /**
     * @param most bytes that may wait; a single answer may be longer
     * @param within how long each may take
     */
    LargeAnswers(long most, Duration within) {
        this.most = most;
        this.within = within;
    }

    void write(AsyncContext async, ServletOutputStream out, byte[] body) {
        var writer = new BodyWriter(async, out, body, this::ended);
        add(writer).forEach(BodyWriter::cut);
        writer.begin(within);
    }

    /** Those that have to go for it. */
    private synchronized List<BodyWriter> add(BodyWriter writer) {
        var cut = new ArrayList<BodyWriter>();
        var oldest = open.iterator();
        for (long surplus = bytes + writer.length() - most; surplus > 0 && oldest.hasNext(); ) {
            var next = oldest.next();
            surplus -= next.length();
            cut.add(next);
        }
        open.add(writer);
        bytes += writer.length();
        return cut;
    }

    private synchronized void ended(BodyWriter writer) {
        if (open.remove(writer)) {
            bytes -= writer.length();
        }
    }
}
