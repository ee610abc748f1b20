package org.openclaw.schema.json.registry;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.BiConsumer;
import org.openclaw.telemetry.Severity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is wrong at present: each is said once, and again when it has been well meanwhile. Bounded. Thread-safe. */
final class Complaints {
    private static final Logger LOG = LoggerFactory.getLogger(Complaints.class);
    private static final int MOST = 100;

    private final BiConsumer<Severity, String> told;
    private final SequencedMap<String, String> bySubject = new LinkedHashMap<>();

    /** @param told hears of each, on the thread that finds it */
    Complaints(BiConsumer<Severity, String> told) {
        this.told = told;
    }

    void say(String subject, String text) {
        synchronized (bySubject) {
            if (bySubject.containsKey(subject)) {
                return;
            }
            bySubject.put(subject, text);
            if (bySubject.size() > MOST) {
                bySubject.pollFirstEntry();
            }
        }
        LOG.warn("{}", text);
        told.accept(Severity.WARNING, text);
    }

    /** All is well with it again. */
    void settle(String subject) {
        synchronized (bySubject) {
            bySubject.remove(subject);
        }
    }

    boolean about(String subject) {
        synchronized (bySubject) {
            return bySubject.containsKey(subject);
        }
    }

    List<String> all() {
        synchronized (bySubject) {
            return List.copyOf(bySubject.values());
        }
    }
}
