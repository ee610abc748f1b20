/**
 * Addresses, messages, receipts, and the bus that takes messages to agents.
 *
 * <p>A {@link org.openclaw.message.Message} is a CloudEvents 1.0 event. {@link org.openclaw.message.MessageBus} is
 * implemented by the runtime; doors and tools use it. Agents do not: they send through their turn. What is published to a
 * {@link org.openclaw.message.Topic} reaches whoever has subscribed: {@link org.openclaw.message.Topics}.
 */
@Export
@Version("0.4.0")
@NullMarked
package org.openclaw.message;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
