package org.openclaw.telemetry.health;

import java.util.OptionalLong;
import org.openclaw.telemetry.NodeStatus.DiskUse;
import org.openclaw.telemetry.NodeStatus.ProcessUse;

/** What the process and its disk say of themselves. Thread-safe. */
interface Machine {
    ProcessUse process();

    /** How much of the heap the last collection could not free; empty where it is not known. */
    OptionalLong heapAfterCollection();

    long heapUsed();

    DiskUse disk();
}
