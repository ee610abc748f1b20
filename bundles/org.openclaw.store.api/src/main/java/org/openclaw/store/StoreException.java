package org.openclaw.store;

import java.io.IOException;

/** The store cannot do what it should: the disk fails, or what lies on it cannot be read. */
public final class StoreException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String code;

    private StoreException(String code, String message, IOException cause) {
        super(message, cause);
        this.code = code;
    }

    /** A stable code, such as {@code journal.damaged}. */
    public String code() {
        return code;
    }

    /** Nothing can be read or written any more until the store is opened again. */
    public static StoreException failed(String code, IOException cause) {
        return new StoreException(code, String.valueOf(cause.getMessage()), cause);
    }
}
