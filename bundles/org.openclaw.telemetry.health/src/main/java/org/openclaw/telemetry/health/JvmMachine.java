package org.openclaw.telemetry.health;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.openclaw.telemetry.NodeStatus.DiskUse;
import org.openclaw.telemetry.NodeStatus.ProcessUse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This JVM and the disk of a folder. */
final class JvmMachine implements Machine {
    private static final Logger LOG = LoggerFactory.getLogger(JvmMachine.class);
    private static final Path SELF = Path.of("/proc/self/status");
    private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");

    private final Path folder;

    JvmMachine(Path folder) {
        this.folder = folder;
    }

    @Override
    public ProcessUse process() {
        var memory = ManagementFactory.getMemoryMXBean();
        var heap = memory.getHeapMemoryUsage();
        var self = ProcessHandle.current();
        return new ProcessUse(
                self.pid(),
                self.info().totalCpuDuration(),
                ManagementFactory.getThreadMXBean().getThreadCount(),
                heap.getUsed(),
                heap.getCommitted(),
                heap.getMax(),
                memory.getNonHeapMemoryUsage().getUsed(),
                resident());
    }

    /** Only Linux tells it this way. */
    private static OptionalLong resident() {
        try {
            var found = RESIDENT.matcher(Files.isReadable(SELF) ? Files.readString(SELF) : "");
            return found.find() ? OptionalLong.of(Long.parseLong(found.group(1)) * 1024) : OptionalLong.empty();
        } catch (IOException unreadable) {
            LOG.debug("The system does not tell the resident memory", unreadable);
            return OptionalLong.empty();
        }
    }

    @Override
    public OptionalLong heapAfterCollection() {
        long sum = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getCollectionUsage)
                .flatMap(usage -> Optional.ofNullable(usage).stream())
                .mapToLong(usage -> usage.getUsed())
                .sum();
        return sum > 0 ? OptionalLong.of(sum) : OptionalLong.empty();
    }

    @Override
    public long heapUsed() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Override
    public DiskUse disk() {
        try {
            var store = Files.getFileStore(folder);
            return new DiskUse(store.getUsableSpace(), store.getTotalSpace());
        } catch (IOException unreadable) {
            LOG.warn("Cannot tell how full the disk of {} is: {}", folder, unreadable.toString());
            return new DiskUse(0, 0);
        }
    }
}
