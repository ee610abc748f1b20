package org.openclaw.gateway.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A response that is written to without waiting, as the servlet specification has it (5.7, non-blocking output). */
final class ServletOutlet implements EventOutlet, WriteListener, AsyncListener {
    private static final Logger LOG = LoggerFactory.getLogger(ServletOutlet.class);

    private final AsyncContext async;
    private final ServletOutputStream out;
    private final Listener listener;
    /** Nothing may be written before the server has said so once. */
    private volatile boolean begun;

    ServletOutlet(AsyncContext async, ServletOutputStream out, Listener listener) {
        this.async = async;
        this.out = out;
        this.listener = listener;
    }

    /** From now on the server says when it takes something. */
    void begin() {
        // The time is ours, as with other answers that take theirs.
        async.setTimeout(0);
        async.addListener(this);
        out.setWriteListener(this);
    }

    @Override
    public boolean isReady() {
        return begun && out.isReady();
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        out.write(bytes);
        if (out.isReady()) {
            out.flush();
        }
    }

    @Override
    public void close() {
        try {
            async.complete();
        } catch (IllegalStateException over) {
            LOG.trace("An event stream had ended", over);
        }
    }

    @Override
    public void onWritePossible() {
        begun = true;
        listener.writable();
    }

    @Override
    public void onError(Throwable broken) {
        LOG.debug("An event stream broke", broken);
        listener.gone();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        listener.gone();
    }

    @Override
    public void onError(AsyncEvent event) {
        listener.gone();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        listener.gone();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // nobody starts it again
    }
}
