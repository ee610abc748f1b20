/**
 * The agent type {@code errands}.
 *
 * <p>Start at {@link org.openclaw.example.errands.ErrandsAgent}. What it understands is
 * {@link org.openclaw.example.errands.ErrandsMessage}; what it remembers is {@link org.openclaw.example.errands.ErrandsState}.
 */
@NullMarked
package org.openclaw.example.errands;

import org.jspecify.annotations.NullMarked;
