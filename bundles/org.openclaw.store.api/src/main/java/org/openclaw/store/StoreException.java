package org.openclaw.store;

import java.io.IOException;

/** The store cannot do what it should: the disk fails, or what lies on it cannot be read. */
public final class StoreException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final boolean unchanged;

    private StoreException(String code, boolean unchanged, IOException cause) {
        super(String.valueOf(cause.getMessage()), cause);
        this.code = code;
        this.unchanged = unchanged;
    }

    /** A stable code, such as {@code journal.damaged}. */
    public String code() {
        return code;
    }

    /** Nothing can be read or written any more until the store is opened again. */
    public static StoreException failed(String code, IOException cause) {
        return new StoreException(code, false, cause);
    }

    /** Nothing has changed, and the same may be tried again later: the disk is full. */
    public static StoreException refused(String code, IOException cause) {
        return new StoreException(code, true, cause);
    }

    /** Whether nothing has changed and trying again may help; otherwise the store has to be opened again. */
    public boolean mayBeTriedAgain() {
        return unchanged;
    }
}
