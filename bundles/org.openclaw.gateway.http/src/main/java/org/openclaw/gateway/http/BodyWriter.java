package org.openclaw.gateway.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a large body as its client takes it, on no thread that waits for it: there are few of those, and a client that takes a byte now
 * and then would keep one for ever. A client that is too slow is cut. For one body.
 */
final class BodyWriter implements WriteListener {
    private static final Logger LOG = LoggerFactory.getLogger(BodyWriter.class);
    private static final int PIECE = 8 << 10;

    private final AsyncContext async;
    private final ServletOutputStream out;
    private final byte[] body;
    private final Consumer<BodyWriter> after;
    /** Whether all of it has been written. */
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();

    private int at;

    /** @param after hears of its end, once */
    BodyWriter(AsyncContext async, ServletOutputStream out, byte[] body, Consumer<BodyWriter> after) {
        this.after = after;
        this.async = async;
        this.out = out;
        this.body = body;
    }

    /** @param within how long it may take; what is not written then ends the connection, since its length was announced */
    void begin(Duration within) {
        out.setWriteListener(this);
        var _ = ended.completeOnTimeout(false, within.toMillis(), TimeUnit.MILLISECONDS)
                .thenAccept(this::complete);
    }

    /** Ends it before its end. */
    void cut() {
        ended.complete(false);
    }

    int length() {
        return body.length;
    }

    @Override
    public void onWritePossible() throws IOException {
        while (!ended.isDone() && out.isReady()) {
            if (at == body.length) {
                ended.complete(true);
                return;
            }
            int length = Math.min(PIECE, body.length - at);
            out.write(body, at, length);
            at += length;
        }
    }

    @Override
    public void onError(Throwable gone) {
        LOG.debug("The client of an answer has gone", gone);
        ended.complete(true);
    }

    private void complete(boolean written) {
        after.accept(this);
        if (!written) {
            LOG.debug("Cut an answer of {} bytes: its client takes it too slowly", body.length);
        }
        try {
            async.complete();
        } catch (IllegalStateException over) {
            LOG.trace("An answer had ended", over);
        }
    }
}
