/**
 * The drop folder: verifies first, installs beside, retires the old one.
 *
 * <p>{@link org.openclaw.deploy.folder.DropFolder} is the component. One thread, the
 * {@link org.openclaw.deploy.folder.Keeper}, owns every decision: it turns what lies in the folder and what runs into
 * actions by the pure {@link org.openclaw.deploy.folder.Planner}. Code of bundles never runs on that thread:
 * {@link org.openclaw.deploy.folder.Lifecycle} starts and stops each bundle on a thread of its own.
 */
@NullMarked
package org.openclaw.deploy.folder;

import org.jspecify.annotations.NullMarked;
