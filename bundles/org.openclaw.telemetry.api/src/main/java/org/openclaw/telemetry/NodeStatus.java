package org.openclaw.telemetry;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a node is at one moment. Sizes are in bytes. Counters begin at zero with the node.
 *
 * @param version of OpenClaw
 * @param startedAt when the process began
 * @param now the moment
 * @param missing what the node waits for before it can do its work, in words; empty when it is ready
 * @param process what the process uses
 * @param disk the disk that the data are on
 * @param agents how many agents there are
 * @param messages what the runtime has done with messages
 * @param bundles what has become of the files in the drop folder
 * @param history the last minutes
 * @param events what has happened lately, newest first, at most 100
 * @param attention what an operator should do something about now, errors first
 */
public record NodeStatus(
        String version,
        Instant startedAt,
        Instant now,
        List<String> missing,
        ProcessUse process,
        DiskUse disk,
        AgentCounts agents,
        MessageCounts messages,
        BundleCounts bundles,
        History history,
        List<RuntimeEvent> events,
        List<Finding> attention) {
    public NodeStatus {
        missing = List.copyOf(missing);
        events = List.copyOf(events);
        attention = List.copyOf(attention);
    }

    /** Whether the node can do its work. */
    public boolean ready() {
        return missing.isEmpty();
    }

    /** How long the process has run; not negative. */
    public Duration uptime() {
        var uptime = Duration.between(startedAt, now);
        return uptime.isNegative() ? Duration.ZERO : uptime;
    }

    /**
     * What the process uses.
     *
     * @param pid its number
     * @param cpu the time that it has used on all processors; empty where the system does not tell
     * @param threads its platform threads
     * @param heapUsed of the heap
     * @param heapCommitted what the heap has from the system
     * @param heapMax what the heap may have
     * @param nonHeapUsed classes, compiled code and the like
     * @param resident of the machine's memory; empty where the system does not tell
     */
    public record ProcessUse(
            long pid,
            Optional<Duration> cpu,
            int threads,
            long heapUsed,
            long heapCommitted,
            long heapMax,
            long nonHeapUsed,
            OptionalLong resident) {}

    /**
     * A disk.
     *
     * @param free what this process may still write
     * @param total its size
     */
    public record DiskUse(long free, long total) {}

    /**
     * How many agents there are, over all tenants.
     *
     * @param total all of them; the sum of those in each state
     * @param types the number of agent types
     * @param active see {@code org.openclaw.agent.AgentState}, as the following
     */
    public record AgentCounts(
            long total,
            long types,
            long active,
            long passive,
            long suspended,
            long draining,
            long quarantined,
            long stranded) {}

    /**
     * What the runtime has done with messages, as {@link Vitals.Reading} says it, and what is left of them.
     *
     * @param accepted taken into an inbox
     * @param refused at the door
     * @param turns committed
     * @param failed turns that failed
     * @param queries answered
     * @param expired not worth their turn any more
     * @param waiting now
     * @param running turns under way now
     * @param dead set aside until an operator redrives or discards them
     */
    public record MessageCounts(
            long accepted,
            long refused,
            long turns,
            long failed,
            long queries,
            long expired,
            long waiting,
            long running,
            long dead) {}

    /**
     * What has become of the files in the drop folder.
     *
     * @param serving they run
     * @param superseded a higher version runs
     * @param refused they do not run
     * @param arriving not known yet
     * @param flagged those of the serving and superseded ones that an operator should look at
     */
    public record BundleCounts(long serving, long superseded, long refused, long arriving, long flagged) {}

    /**
     * The last minutes, interval by interval.
     *
     * @param interval the length of one
     * @param until when the newest one ended
     * @param intervals oldest first, at most 60
     */
    public record History(Duration interval, Instant until, List<Interval> intervals) {
        public History {
            intervals = List.copyOf(intervals);
        }
    }

    /**
     * What happened in an interval.
     *
     * @param acceptedPerSecond messages
     * @param turnsPerSecond turns committed
     * @param failedPerSecond turns that failed
     * @param p50 the median from the acceptance of a message to the end of its turn; empty when no turn ended
     * @param p99 what 99 of 100 did not exceed
     * @param heapUsed at its end
     */
    public record Interval(
            double acceptedPerSecond,
            double turnsPerSecond,
            double failedPerSecond,
            Optional<Duration> p50,
            Optional<Duration> p99,
            long heapUsed) {}
}
