package org.openclaw.store;

import java.io.IOException;

/** The store cannot do what it should: the disk fails or is full, or what lies on it cannot be read. */
public final class StoreException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final boolean mayBeTriedAgain;

    private StoreException(String code, IOException cause, boolean mayBeTriedAgain) {
        super(String.valueOf(cause.getMessage()), cause);
        this.code = code;
        this.mayBeTriedAgain = mayBeTriedAgain;
    }

    /** A stable code, such as {@code journal.damaged}. */
    public String code() {
        return code;
    }

    /**
     * Whether nothing at all has changed, neither in memory nor on the disk, and the same may be asked again later: when the
     * disk has room again, say.
     */
    public boolean mayBeTriedAgain() {
        return mayBeTriedAgain;
    }

    /** Nothing can be written any more until the store is opened again. */
    public static StoreException failed(String code, IOException cause) {
        return new StoreException(code, cause, false);
    }

    /** It was refused before anything was changed, and may be tried again. */
    public static StoreException unchanged(String code, IOException cause) {
        return new StoreException(code, cause, true);
    }
}
