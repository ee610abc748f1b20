package org.openclaw.deploy;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The trust store: whose bundles may run and within which limits, and what is revoked. The files of {@code conf/trust} are
 * its single truth; each method reads them as they are now. Adding and removing publishers is left to whoever may write
 * those files: {@code claw keygen} and {@code claw trust}.
 *
 * <p>Thread-safe. The launcher provides it beside the {@link Gate}.
 */
@ProviderType
public interface Trust {
    /** Every publisher's entry, by name, those that cannot be read included. */
    List<TrustedPublisher> publishers();

    /** What is revoked. While the list cannot be read, or has gone back, what was known of it before. */
    RevocationList revocations();

    /** What is wrong with the trust store, such as a revocation list that cannot be read; empty when all is well. */
    List<Verdict.Flag> problems();

    /**
     * Revokes for good: it never runs again on this installation, and what runs of it is stopped within two seconds.
     * There is no way back but to edit {@code revoked.json} by hand.
     *
     * @return once the list is on the disk; what is revoked already is not added again
     * @throws IOException when the trust store cannot be written; nothing has changed then
     */
    Outcome revoke(Revocation what) throws IOException;

    /** What came of a revocation. */
    sealed interface Outcome {
        /**
         * It is revoked now.
         *
         * @param what it
         * @param added false when it was revoked before, and nothing has changed
         * @param serial the serial of the list now
         */
        record Revoked(Revocation what, boolean added, long serial) implements Outcome {}

        /**
         * The list could not be changed, and has not been.
         *
         * @param code a stable code: {@code bundle.invalid} or {@code versions.invalid} when no bundle can have the name or
         *     no version lies in the range, {@code file.damaged} when the list cannot be read, {@code trust.busy} when
         *     another command is changing it and trying again helps
         * @param text what happened, what was expected, what to do
         */
        record Refused(String code, String text) implements Outcome {}
    }
}
