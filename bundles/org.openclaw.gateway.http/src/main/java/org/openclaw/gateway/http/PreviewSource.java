package org.openclaw.gateway.http;

import org.openclaw.agent.Previews;

/**
 * What turns show.
 *
 * @param part which service it is
 * @param previews it, as it was
 */
record PreviewSource(Part<Previews> part, Previews previews) implements EventSource {
    @Override
    public boolean isThere() {
        return part.service().get().filter(previews::equals).isPresent();
    }

    @Override
    public Bell watch(Runnable more) {
        return new PreviewBell(previews, previews.watch(more));
    }

    private static final class PreviewBell implements Bell {
        private final Previews previews;
        private final Previews.Watch watch;
        private long seen;

        PreviewBell(Previews previews, Previews.Watch watch) {
            this.previews = previews;
            this.watch = watch;
            seen = previews.changes();
        }

        @Override
        public void look() {
            seen = previews.changes();
        }

        @Override
        public void arm() {
            watch.arm(seen);
        }

        @Override
        public void close() {
            watch.close();
        }
    }
}
