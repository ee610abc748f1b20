/**
 * A history that can be checked: clients send numbered amounts to {@code ledger} agents through whatever befalls the
 * container, and what the agents say at the end is compared with what was acknowledged. Start with {@code Clients} and
 * {@code History}.
 */
@NullMarked
package org.openclaw.itest.ledger;

import org.jspecify.annotations.NullMarked;
