package org.openclaw.agent;

/**
 * Marks a message record that only reads: it is answered from the last committed state, beside any turn, and changes
 * nothing.
 *
 * @param <R> the answer
 */
public interface Query<R> {}
