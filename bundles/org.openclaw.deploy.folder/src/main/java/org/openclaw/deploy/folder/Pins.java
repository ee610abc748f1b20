package org.openclaw.deploy.folder;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openclaw.deploy.Verdict.Refused;
import org.openclaw.deploy.folder.PinFile.Content;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which version each name is pinned to, as {@code deploy/pins.json} says: written here or by an operator's hand.
 *
 * <p>Losing a pin lets a version serve that somebody has ruled out, so a file that cannot be read unpins nothing: the pins
 * that were read last hold, across restarts too ({@code data/pins.json}). Editors write in place or take the file away for
 * a moment: what looks like damage or absence counts once it has lasted. Only the first look believes at once that there
 * is none.
 *
 * <p>The keeper's thread looks, any thread may change.
 */
final class Pins {
    private static final Logger LOG = LoggerFactory.getLogger(Pins.class);
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Path file;
    private final Path memory;
    private final Time time;
    private final Object writing = new Object();

    private volatile SortedMap<String, Version> pins;
    private volatile Optional<Refused> problem = Optional.empty();
    private SortedMap<String, Version> remembered;
    private Content seen = new Content.Absent();
    private Optional<Long> oddSince = Optional.empty();
    private boolean failing;

    /**
     * Takes the first look.
     *
     * @param file where an operator finds it
     * @param memory where what was read last is kept
     */
    Pins(Path file, Path memory, Time time) {
        this.file = file;
        this.memory = memory;
        this.time = time;
        this.remembered = remembered(memory);
        this.pins = remembered;
        take(PinFile.read(file));
    }

    private static SortedMap<String, Version> remembered(Path memory) {
        return switch (PinFile.read(memory)) {
            case Content.Read read -> read.byName();
            case Content.Absent _ -> Collections.emptySortedMap();
            case Content.Malformed malformed -> {
                LOG.warn(
                        "Could not read {}: {}. It is written anew from deploy/{}.",
                        memory,
                        malformed.why(),
                        PinFile.NAME);
                yield Collections.emptySortedMap();
            }
        };
    }

    /** Reads the file as it is now. */
    void look() {
        var now = PinFile.read(file);
        if (now instanceof Content.Read || (now instanceof Content.Absent && pins.isEmpty())) {
            oddSince = Optional.empty();
            take(now);
        } else if (!now.equals(seen)) {
            oddSince = Optional.of(time.ticks());
        } else if (oddFor().filter(lasted -> lasted.compareTo(GRACE) >= 0).isPresent()) {
            oddSince = Optional.empty();
            take(now);
        }
        seen = now;
    }

    private Optional<Duration> oddFor() {
        return oddSince.map(time::since);
    }

    /** When to look again without any ring. */
    Optional<Duration> next() {
        return oddFor().map(lasted -> lasted.compareTo(GRACE) >= 0 ? Duration.ZERO : GRACE.minus(lasted));
    }

    private void take(Content content) {
        seen = content;
        problem = switch (content) {
            case Content.Read read -> {
                hold(read.byName());
                yield Optional.empty();
            }
            case Content.Absent _ -> {
                hold(Collections.emptySortedMap());
                yield Optional.empty();
            }
            case Content.Malformed malformed -> Optional.of(refusal(malformed));
        };
    }

    private void hold(SortedMap<String, Version> now) {
        if (!now.equals(pins)) {
            LOG.info("Pinned: {}.", text(now));
        }
        pins = now;
        if (now.equals(remembered)) {
            return;
        }
        try {
            PinFile.write(memory, now);
            remembered = now;
            failing = false;
        } catch (IOException failure) {
            if (!failing) {
                LOG.warn(
                        "Could not write {}: {}. A {} that cannot be read would unpin at the next start.",
                        memory,
                        failure.toString(),
                        PinFile.NAME);
            }
            failing = true;
        }
    }

    /** The pins that hold, by symbolic name. */
    SortedMap<String, Version> byName() {
        return pins;
    }

    /** What is wrong with the file. */
    Optional<Refused> problem() {
        return problem;
    }

    /**
     * Writes a pin, or takes it away; the keeper has to look then.
     *
     * @return why not, when the file cannot be read and so is not written over
     */
    Optional<Refused> change(String name, Optional<Version> version) throws IOException {
        synchronized (writing) {
            SortedMap<String, Version> before;
            switch (PinFile.read(file)) {
                case Content.Read read -> before = read.byName();
                // an editor may have it under its hands: what holds until the keeper believes it is gone is kept
                case Content.Absent _ -> before = pins;
                case Content.Malformed malformed -> {
                    return Optional.of(refusal(malformed));
                }
            }
            var after = new TreeMap<>(before);
            version.ifPresentOrElse(wanted -> after.put(name, wanted), () -> after.remove(name));
            if (!after.equals(before)) {
                PinFile.write(file, after);
            }
            return Optional.empty();
        }
    }

    private Refused refusal(Content.Malformed malformed) {
        return Refusals.pins(PinFile.NAME, malformed.why(), text(pins));
    }

    private static String text(SortedMap<String, Version> pins) {
        return pins.isEmpty()
                ? "nothing"
                : pins.entrySet().stream()
                        .map(pin -> pin.getKey() + " " + pin.getValue())
                        .collect(Collectors.joining(", "));
    }
}
