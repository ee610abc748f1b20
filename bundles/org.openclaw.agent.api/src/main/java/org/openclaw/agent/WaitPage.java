package org.openclaw.agent;

import java.util.List;
import java.util.Optional;

/**
 * A part of what turns wait for, in the order in which their agents came into existence.
 *
 * @param next asks for the part behind this one; empty when this is the last
 */
public record WaitPage(List<WaitView> waits, Optional<String> next) {
    public WaitPage {
        waits = List.copyOf(waits);
    }
}
