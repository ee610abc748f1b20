package org.openclaw.store.journal;

import java.util.regex.Pattern;

/** The names of the files of a journal: a segment's number in hexadecimal, and counted names for files that wait to be one. */
final class FileNames {
    private static final Pattern SEGMENT = Pattern.compile("[0-9a-f]{16}\\.segment");
    private static final Pattern SPARE = Pattern.compile("([0-9]{1,18})\\.spare");
    private static final Pattern UNFINISHED = Pattern.compile("[0-9]{1,18}\\.new");

    private FileNames() {}

    static String segment(long number) {
        return "%016x.segment".formatted(number);
    }

    static boolean isSegment(String name) {
        return SEGMENT.matcher(name).matches();
    }

    static String spare(long number) {
        return number + ".spare";
    }

    /** The number in a spare file's name; 0 when it is no such name. */
    static long spareNumber(String name) {
        var matcher = SPARE.matcher(name);
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
    }

    static String unfinished(long number) {
        return number + ".new";
    }

    static boolean isUnfinished(String name) {
        return UNFINISHED.matcher(name).matches();
    }
}
