package org.openclaw.store.journal;

import java.io.IOException;
import org.openclaw.store.StoreException;

/** What can go wrong with a journal, in words; the codes are stable. */
final class JournalFailure {
    private JournalFailure() {}

    static StoreException open(Object folder) {
        return failed(
                "journal.open",
                "%s is open already, here or in another process. Stop that one, or use another folder."
                        .formatted(folder));
    }

    static StoreException newer(String file, String found, int known) {
        return failed(
                "journal.newer",
                "%s has version %s of the journal's format (expected: at most %d). It was written by a newer release: run that one."
                        .formatted(file, found, known));
    }

    static StoreException damaged(String file, long offset, long expected, String found) {
        return failed(
                "journal.damaged",
                "%s is damaged at offset %d: frame %d is not readable, and %s. Nothing was skipped and nothing was changed: restore a checkpoint, or look at it with 'claw log inspect'."
                        .formatted(file, offset, expected, found));
    }

    static StoreException missing(String file, long first, long expected) {
        return failed(
                "journal.incomplete",
                "%s begins with frame %d (expected: %d). A segment before it is missing: put it back, or restore a checkpoint."
                        .formatted(file, first, expected));
    }

    static StoreException empty(long expected) {
        return failed(
                "journal.incomplete",
                "No segment is there (expected: one with frame %d). Put the segments back, or restore a checkpoint."
                        .formatted(expected));
    }

    static StoreException unknown(int operation, int offset) {
        return failed(
                "journal.unknown",
                "A change of kind %d at offset %d of a frame (expected: 1 to 4). A newer release wrote it: run that one."
                        .formatted(operation, offset));
    }

    static StoreException malformed(int offset, String why) {
        return failed(
                "journal.malformed",
                "A frame with a right checksum cannot be understood at offset %d: %s. Whoever wrote it was no release of ours."
                        .formatted(offset, why));
    }

    static StoreException stopped(IOException cause) {
        return StoreException.failed(
                "journal.stopped",
                new IOException(
                        "A write to the journal has failed (%s), so nothing more is accepted: what is on the disk is known again only after a restart."
                                .formatted(cause.getMessage()),
                        cause));
    }

    static StoreException unreadable(IOException cause) {
        return StoreException.failed(
                "journal.read",
                new IOException("Something in the journal cannot be read: " + cause.getMessage(), cause));
    }

    static StoreException diskFull(long bytes, IOException cause) {
        return StoreException.unchanged(
                "journal.disk-full",
                new IOException(
                        "There is no room for another %d bytes of journal (%s). Nothing has changed: free some, then try again."
                                .formatted(bytes, cause.getMessage()),
                        cause));
    }

    static StoreException checkpointFails(IOException cause) {
        return StoreException.unchanged(
                "journal.checkpoint",
                new IOException(
                        "The journal is as long as it may become, and its checkpoint fails (%s). Nothing has changed: cure that, then try again."
                                .formatted(cause.getMessage()),
                        cause));
    }

    private static StoreException failed(String code, String message) {
        return StoreException.failed(code, new IOException(message));
    }
}
