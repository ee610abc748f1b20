package org.openclaw.launcher.claw.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Locale;
import java.util.stream.Stream;
import org.openclaw.launcher.claw.doctor.Machine.Volume;

/** Whether there is room for data and logs. */
final class DiskCheck implements Check {
    private static final long LEAST_BYTES = 512L << 20;
    private static final int LEAST_PERCENT = 5;

    @Override
    public String area() {
        return "disk";
    }

    @Override
    public Examination look(Situation situation) throws IOException {
        var home = situation.home();
        var findings = new ArrayList<Finding>();
        var seen = new HashSet<String>();
        var summary = "no home";
        for (var folder : Stream.of(home.data(), home.logs(), home.folder())
                .filter(Files::isDirectory)
                .toList()) {
            var volume = situation.machine().volume(folder);
            // the home itself counts only where it has nothing of its own yet
            if (!seen.add(volume.name()) || (folder.equals(home.folder()) && seen.size() > 1)) {
                continue;
            }
            summary = seen.size() == 1 ? text(volume) : summary + "; logs/: " + text(volume);
            if (volume.readOnly()) {
                findings.add(Finding.error(
                                "disk.readonly",
                                situation.named(folder),
                                folder + " lies on a file system that is mounted read-only.")
                        .because("Nothing can be kept, so the container does not start.")
                        .cure("Look into the system's log why, and mount it writable."));
            } else if (low(volume)) {
                findings.add(low(situation, folder, volume));
            }
        }
        return new Examination(summary, findings);
    }

    /** In the words of the container that runs. */
    private static Finding low(Situation situation, Path folder, Volume volume) {
        var text = String.format(
                Locale.ROOT,
                "%,d MiB are left on the disk of %s, %.1f %% of it.",
                volume.freeBytes() >> 20,
                folder,
                100.0 * volume.freeBytes() / volume.totalBytes());
        return Finding.warning("disk.low", folder, text)
                .because("When it is full, no bundle can be deployed and nothing can be logged.")
                .cure(
                        "Free some space, or move the data to a larger disk (expected: at least %d %% and 512 MiB). This shows what takes it."
                                .formatted(LEAST_PERCENT),
                        "du -xh -- " + Shell.quoted(situation.home().folder()) + " | sort -h | tail -n 20");
    }

    private static boolean low(Volume volume) {
        return volume.freeBytes() < LEAST_BYTES || volume.freeBytes() < volume.totalBytes() / 100 * LEAST_PERCENT;
    }

    private static String text(Volume volume) {
        return "%s of %s free".formatted(Quantity.bytes(volume.freeBytes()), Quantity.bytes(volume.totalBytes()));
    }
}
