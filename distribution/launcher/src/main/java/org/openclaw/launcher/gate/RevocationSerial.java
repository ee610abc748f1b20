package org.openclaw.launcher.gate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the revocation list had come, beyond a run. It lies outside the trust store, so that a trust store that was
 * restored from an old backup as a whole shows.
 *
 * <p>Not thread-safe: guarded by the gate.
 */
final class RevocationSerial {
    private static final Logger LOG = LoggerFactory.getLogger(RevocationSerial.class);

    private final Path file;
    private long seen;

    /** Reads the file; without one, or with a damaged one, nothing has been seen. */
    RevocationSerial(Path file) throws IOException {
        this.file = file;
        var text = Files.exists(file)
                ? Files.readString(file, StandardCharsets.ISO_8859_1).strip()
                : "0";
        if (text.matches("[0-9]{1,18}")) {
            seen = Long.parseLong(text);
        } else {
            LOG.error(
                    "{} is damaged, so nobody would notice that conf/trust/revoked.json went back. Look that it is the"
                            + " latest one, and who may write into data/.",
                    file);
        }
    }

    /** The greatest one that was ever seen. */
    long seen() {
        return seen;
    }

    /** Remembers a serial, durably when it is the greatest. */
    void remember(long serial) throws IOException {
        if (serial > seen) {
            PrivateFolder.write(file, String.valueOf(serial).getBytes(StandardCharsets.US_ASCII));
            seen = serial;
        }
    }
}
