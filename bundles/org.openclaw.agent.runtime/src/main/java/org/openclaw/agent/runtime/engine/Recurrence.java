package org.openclaw.agent.runtime.engine;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.openclaw.agent.Schedule;

/** The times of a schedule. Immutable. */
sealed interface Recurrence {
    /** The first time behind another; empty when there is none. */
    Optional<Instant> after(Instant time);

    /** As it is stored. */
    String text();

    /** For people. */
    String name();

    /**
     * The times of a schedule that is set now.
     *
     * @throws IllegalArgumentException when it makes no sense
     */
    static Recurrence of(Schedule schedule, Instant now) {
        return switch (schedule) {
            case Schedule.Cron(var expression, var zone) -> Cron.of(expression, zone);
            case Schedule.Every(var interval) -> {
                if (interval.compareTo(Duration.ofSeconds(1)) < 0) {
                    throw new IllegalArgumentException(
                            "schedule every " + interval + " (expected: at least every second)");
                }
                yield new Every(interval, now);
            }
        };
    }

    /** What {@link #text} was. */
    static Recurrence read(String text) {
        var parts = text.split("\\|", -1);
        return switch (parts[0]) {
            case "cron" -> Cron.of(parts[1], ZoneId.of(parts[2]));
            case "every" -> new Every(Duration.parse(parts[1]), Instant.parse(parts[2]));
            default -> throw new IllegalStateException("schedule '" + text + "' (expected: cron or every)");
        };
    }

    /** At the times that a cron expression says. */
    record Cron(String expression, ZoneId zone, ExecutionTime times) implements Recurrence {
        private static final CronParser PARSER =
                new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

        static Cron of(String expression, ZoneId zone) {
            try {
                return new Cron(expression, zone, ExecutionTime.forCron(PARSER.parse(expression)));
            } catch (IllegalArgumentException | DateTimeException wrong) {
                throw new IllegalArgumentException(
                        "cron expression '" + expression
                                + "' (expected: minute, hour, day of the month, month, day of the week, such as '30 8 * * MON-FRI'): "
                                + wrong.getMessage(),
                        wrong);
            }
        }

        /** On a clock that is never set, and from there on that of the zone: what libraries make of skipped times differs. */
        @Override
        public Optional<Instant> after(Instant time) {
            var local = LocalDateTime.ofInstant(time, zone).atZone(ZoneOffset.UTC);
            while (true) {
                var next = times.nextExecution(local);
                if (next.isEmpty()) {
                    return Optional.empty();
                }
                // a time that is skipped becomes one behind the gap, of one that is there twice it is the first
                var instant = ZonedDateTime.ofLocal(next.get().toLocalDateTime(), zone, null)
                        .toInstant();
                if (instant.isAfter(time)) {
                    return Optional.of(instant);
                }
                local = next.get();
            }
        }

        @Override
        public String text() {
            return "cron|" + expression + "|" + zone;
        }

        @Override
        public String name() {
            return "cron " + expression + " " + zone;
        }
    }

    /** After each interval. */
    record Every(Duration interval, Instant from) implements Recurrence {
        @Override
        public Optional<Instant> after(Instant time) {
            if (time.isBefore(from)) {
                return Optional.of(from.plus(interval));
            }
            long passed = Duration.between(from, time).dividedBy(interval);
            return Optional.of(from.plus(interval.multipliedBy(passed + 1)));
        }

        @Override
        public String text() {
            return "every|" + interval + "|" + from;
        }

        @Override
        public String name() {
            return "every " + interval;
        }
    }
}
