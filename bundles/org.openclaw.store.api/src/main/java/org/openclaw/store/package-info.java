/**
 * What the durable engine needs of a disk or a cluster.
 *
 * <p>Start at {@link org.openclaw.store.TurnStore}. Providers implement it and extend the suite {@code TurnStoreContract}
 * of the test kit. What the entries mean is the engine's business; a store knows {@link org.openclaw.store.Kind} only to
 * keep each kind in the way that suits it.
 */
@Export
@Version("0.3.0")
@NullMarked
package org.openclaw.store;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
