/**
 * Systems that ours is measured beside, in the same run and in turn with it. They run in processes of their own, built by
 * {@code distribution/bench/peers}, so that none of their classes is on anybody's class path. Start with {@code Peer}.
 */
@NullMarked
package org.openclaw.bench.peers;

import org.jspecify.annotations.NullMarked;
