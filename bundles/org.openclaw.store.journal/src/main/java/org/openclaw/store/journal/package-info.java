/**
 * The turn store on the local disk: its own segmented log, a table of where the newest values lie in it, and RocksDB for what
 * is older.
 *
 * <p>Start at {@link org.openclaw.store.journal.JournalTurnStore}; the form of the files is said by
 * {@link org.openclaw.store.journal.SegmentHeader}, {@link org.openclaw.store.journal.Frame} and
 * {@link org.openclaw.store.journal.Payload}.
 */
@NullMarked
package org.openclaw.store.journal;

import org.jspecify.annotations.NullMarked;
