package org.openclaw.store.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists what several layers of entries make up, of which a newer one hides the older ones. */
final class Merge {
    private Merge() {}

    /** Takes an entry that is wanted. */
    @FunctionalInterface
    interface Reader<K, T> {
        T read(K key, Cursor<K> at) throws IOException;
    }

    /**
     * The first entries of all.
     *
     * @param layers the newest first; they are closed
     * @param before the first that is not wanted; null: all are
     */
    static <K, T> List<T> first(
            int limit, List<Cursor<K>> layers, Comparator<? super K> order, @Nullable K before, Reader<K, T> reader)
            throws IOException {
        var found = new ArrayList<T>();
        try {
            while (found.size() < limit) {
                K least = null;
                Cursor<K> newest = null;
                for (var layer : layers) {
                    var key = layer.key();
                    if (key != null && (least == null || order.compare(key, least) < 0)) {
                        least = key;
                        newest = layer;
                    }
                }
                if (least == null || newest == null || (before != null && order.compare(least, before) >= 0)) {
                    break;
                }
                if (!newest.removed()) {
                    found.add(reader.read(least, newest));
                }
                for (var layer : layers) {
                    var key = layer.key();
                    if (key != null && order.compare(key, least) == 0) {
                        layer.next();
                    }
                }
            }
            return found;
        } finally {
            layers.forEach(Cursor::close);
        }
    }
}
