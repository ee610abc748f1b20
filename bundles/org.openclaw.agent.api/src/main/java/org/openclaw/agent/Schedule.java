package org.openclaw.agent;

import java.time.Duration;
import java.time.ZoneId;

/** When a timer fires again and again; see {@link Turn#schedule}. */
public sealed interface Schedule {
    /**
     * At the times of the clock that a cron expression says.
     *
     * <p><b>Daylight saving:</b> a time that the clock of the zone skips fires as much later as the clock is set forward; one that it
     * has twice fires the first time only. So what has to take place every few minutes, through both, is {@link Every}.
     *
     * @param expression five fields as in a Unix crontab: minute, hour, day of the month, month, day of the week (0 and 7 are Sunday;
     *     names such as MON and JAN are understood). Where both days are restricted, either has to fit
     * @param zone whose clock it is
     */
    record Cron(String expression, ZoneId zone) implements Schedule {}

    /**
     * After each such time, from when it was set on.
     *
     * @param interval at least a second
     */
    record Every(Duration interval) implements Schedule {}

    /** At the times that a cron expression says, in a time zone such as {@code Europe/Berlin}. */
    static Schedule cron(String expression, ZoneId zone) {
        return new Cron(expression, zone);
    }

    /** After each such time. */
    static Schedule every(Duration interval) {
        return new Every(interval);
    }
}
