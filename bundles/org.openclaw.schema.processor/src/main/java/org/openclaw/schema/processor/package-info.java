/**
 * Derives the descriptor of an agent type when its bundle is compiled.
 *
 * <p>Start at {@link org.openclaw.schema.processor.AgentTypeProcessor}, which runs in any compiler that knows
 * annotation processors. {@link org.openclaw.schema.processor.AgentReader} checks the agent class and reads its
 * messages; {@link org.openclaw.schema.processor.SchemaDeriver} turns a record into JSON Schema 2020-12.
 */
@NullMarked
package org.openclaw.schema.processor;

import org.jspecify.annotations.NullMarked;
