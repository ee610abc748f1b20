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
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;
import org.openclaw.agent.Schedule;

/** The times of a schedule. Immutable. */
sealed interface Recurrence {
    /** The longest interval. */
    Duration LONGEST = Duration.ofDays(36_600);

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
                if (interval.compareTo(Duration.ofSeconds(1)) < 0 || interval.compareTo(LONGEST) > 0) {
                    throw new IllegalArgumentException("schedule every " + interval
                            + " (expected: at least every second, and at most " + LONGEST + ")");
                }
                yield new Every(interval, now);
            }
        };
    }

    /** What {@link #text} was. */
    static Recurrence read(String text) {
        int kind = text.indexOf('|');
        int last = text.lastIndexOf('|');
        if (kind < 0 || last == kind) {
            throw new IllegalStateException("schedule '" + text + "' (expected: cron or every)");
        }
        var what = text.substring(kind + 1, last);
        var rest = text.substring(last + 1);
        return switch (text.substring(0, kind)) {
            case "cron" -> Cron.of(what, ZoneId.of(rest));
            case "every" -> new Every(Duration.parse(what), Instant.parse(rest));
            default -> throw new IllegalStateException("schedule '" + text + "' (expected: cron or every)");
        };
    }

    /** At the times that a cron expression says. */
    record Cron(String expression, ZoneId zone, ExecutionTime times) implements Recurrence {
        private static final CronParser PARSER =
                new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

        static Cron of(String expression, ZoneId zone) {
            try {
                if (expression.indexOf('|') >= 0) {
                    throw new IllegalArgumentException("several expressions in one");
                }
                return new Cron(expression, zone, ExecutionTime.forCron(PARSER.parse(expression)));
            } catch (IllegalArgumentException | DateTimeException wrong) {
                throw new IllegalArgumentException(
                        "cron expression '" + expression
                                + "' (expected: minute, hour, day of the month, month, day of the week, such as '30 8 * * MON-FRI'): "
                                + wrong.getMessage(),
                        wrong);
            }
        }

        /**
         * On a clock that is never set, and from there on that of the zone: what libraries make of skipped times differs. Where the
         * clock has just been set forward, times that it has skipped lie among those behind the gap.
         */
        @Override
        public Optional<Instant> after(Instant time) {
            var skipped = skipped(time);
            var local = skipped.map(gap -> gap.getDateTimeBefore().minusSeconds(1))
                    .orElseGet(() -> LocalDateTime.ofInstant(time, zone))
                    .atZone(ZoneOffset.UTC);
            var earliest = Optional.<Instant>empty();
            while (true) {
                var next = times.nextExecution(local);
                if (next.isEmpty()) {
                    return earliest;
                }
                local = next.get();
                var clock = local.toLocalDateTime();
                // a time that is skipped becomes one behind the gap, of one that is there twice it is the first
                var instant = ZonedDateTime.ofLocal(clock, zone, null).toInstant();
                if (instant.isAfter(time)) {
                    earliest = earliest.filter(instant::isAfter).or(() -> Optional.of(instant));
                    if (skipped.filter(gap -> clock.isBefore(gap.getDateTimeAfter()))
                            .isEmpty()) {
                        return earliest;
                    }
                }
            }
        }

        /** By what the clock was set forward just before, so that skipped times may lie behind this one. */
        private Optional<ZoneOffsetTransition> skipped(Instant time) {
            return Optional.ofNullable(zone.getRules().previousTransition(time.plusNanos(1)))
                    .filter(ZoneOffsetTransition::isGap)
                    .filter(gap -> time.isBefore(gap.getInstant().plus(gap.getDuration())));
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
