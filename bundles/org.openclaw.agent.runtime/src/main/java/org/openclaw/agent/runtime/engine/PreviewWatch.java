package org.openclaw.agent.runtime.engine;

import org.openclaw.agent.Previews;

/** Tells when more is shown. Thread-safe. */
final class PreviewWatch implements Previews.Watch {
    private final PreviewBoard board;
    private final Bell bell;

    PreviewWatch(PreviewBoard board, Runnable more, Surroundings.Threads threads) {
        this.board = board;
        bell = new Bell("preview-watch", more, threads);
    }

    @Override
    public void arm(long seen) {
        bell.arm(() -> board.changes() != seen);
    }

    /** There is more. */
    void shown() {
        bell.ring();
    }

    @Override
    public void close() {
        bell.close();
        board.forget(this);
    }
}
