package org.openclaw.launcher.claw.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Whether the clock has gone back: files of the home that were written later than now. */
final class ClockCheck implements Check {
    /** What clocks may differ by. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private static final int SHOWN = 10;

    @Override
    public String area() {
        return "clock";
    }

    @Override
    public Examination look(Situation situation) throws IOException {
        var home = situation.home();
        var now = situation.now();
        var late = new ArrayList<Path>();
        var newest = Instant.MIN;
        for (var folder : List.of(home.conf(), home.trust(), home.data(), home.deploy(), home.logs())) {
            for (var file : files(folder)) {
                var written = written(file);
                if (written.isAfter(now.plus(SKEW))) {
                    late.add(file);
                    newest = written.isAfter(newest) ? written : newest;
                }
            }
        }
        var summary = now.truncatedTo(ChronoUnit.SECONDS).toString();
        if (late.isEmpty()) {
            return Examination.of(summary);
        }
        return Examination.of(
                summary,
                Finding.warning(
                                "clock.back",
                                situation.named(late.getFirst()),
                                "%s was written %s after now, by its time (%s)."
                                        .formatted(
                                                late.getFirst(),
                                                Quantity.duration(Duration.between(now, newest)),
                                                newest.truncatedTo(ChronoUnit.SECONDS)))
                        .because("If the clock is behind, expired certificates and revocation lists count as valid, and"
                                + " timers come late.")
                        .cure(
                                "Set the clock. If it is right, it once was ahead: give the files the present time.",
                                Shell.command(
                                        "touch",
                                        Stream.concat(
                                                        Stream.of("--"),
                                                        late.stream().limit(SHOWN))
                                                .toArray())));
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder) || !Files.isReadable(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        }
    }

    private static Instant written(Path file) throws IOException {
        try {
            return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
        } catch (NoSuchFileException gone) {
            return Instant.MIN;
        }
    }
}
