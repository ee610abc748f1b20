package org.openclaw.example.triage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an on-call agent remembers. Bounded: the latest 500 episodes and 20 incidents.
 *
 * @param intake what has come in here as webhooks
 * @param episodes of each alert the greatest episode seen; resolved ones stay, so that a late webhook is known as late
 * @param incident the open incident; there is one exactly while an alert fires
 * @param history resolved incidents, latest first
 * @param incidents the number of incidents so far
 * @param overflow how many firings found no room
 */
public record Desk(
        Intake intake,
        List<Episode> episodes,
        Optional<Incident> incident,
        List<Incident> history,
        int incidents,
        long overflow) {
    static final Desk EMPTY = new Desk(Intake.NONE, List.of(), Optional.empty(), List.of(), 0, 0);

    private static final int MAX_EPISODES = 500;
    private static final int MAX_HISTORY = 20;

    public Desk {
        episodes = List.copyOf(episodes);
        history = List.copyOf(history);
    }

    /** A webhook has been distributed. */
    Desk received(Map<String, Integer> filed, int truncated, Instant now) {
        return new Desk(intake.plus(filed, truncated, now), episodes, incident, history, incidents, overflow);
    }

    /** Alerts have come: opens, updates or resolves the incident. */
    Desk with(List<Triage.Alert> alerts, Instant now) {
        var latest = new LinkedHashMap<String, Episode>();
        episodes.forEach(episode -> latest.put(episode.fingerprint(), episode));
        int began = 0;
        for (Triage.Alert alert : alerts) {
            Episode episode = Episode.of(alert);
            Episode known = latest.get(episode.fingerprint());
            if (known == null || episode.isAfter(known)) {
                latest.remove(episode.fingerprint()); // the latest news stands last
                latest.put(episode.fingerprint(), episode);
                began += episode.fires() ? 1 : 0;
            }
        }
        return remembering(latest.values()).judged(began, now);
    }

    /** Keeps what fires, then what was resolved last. */
    private Desk remembering(Collection<Episode> known) {
        List<Episode> firing = known.stream().filter(Episode::fires).toList();
        List<Episode> kept = firing.subList(0, Math.min(firing.size(), MAX_EPISODES));
        List<Episode> resolved =
                known.stream().filter(episode -> !episode.fires()).toList();
        int forgotten = Math.max(0, resolved.size() + kept.size() - MAX_EPISODES);
        return new Desk(
                intake,
                Stream.concat(resolved.stream().skip(forgotten), kept.stream()).toList(),
                incident,
                history,
                incidents,
                overflow + firing.size() - kept.size());
    }

    private Desk judged(int began, Instant now) {
        boolean firing = episodes.stream().anyMatch(Episode::fires);
        if (firing && incident.isEmpty()) {
            Incident opened = Incident.open(incidents + 1, now).joined(began);
            return new Desk(intake, episodes, Optional.of(opened), history, incidents + 1, overflow);
        }
        if (firing) {
            return with(incident.map(open -> open.joined(began)));
        }
        return incident.map(over -> closed(over.joined(began).resolved(now))).orElse(this);
    }

    private Desk closed(Incident over) {
        var newest = new ArrayList<Incident>();
        newest.add(over);
        newest.addAll(history.subList(0, Math.min(history.size(), MAX_HISTORY - 1)));
        return new Desk(intake, episodes, Optional.empty(), newest, incidents, overflow);
    }

    /** Somebody looks after the open incident, if there is one. */
    Desk acknowledged(String by) {
        return with(incident.map(open -> open.acknowledged(by)));
    }

    /** Whether a page is about the open incident as it still is. */
    boolean awaits(int number, int level) {
        return incident.filter(open -> open.number() == number
                        && open.level() == level
                        && open.acknowledgedBy().isEmpty())
                .isPresent();
    }

    /** What fires, in a line. */
    String summary() {
        var firing = episodes.stream().filter(Episode::fires).toList();
        return firing.size()
                + (firing.size() == 1 ? " alert fires" : " alerts fire")
                + firing.stream()
                        .findFirst()
                        .map(first -> ", the first: " + first.name() + ".")
                        .orElse(".");
    }

    Desk escalated(int level) {
        return with(incident.map(open -> open.escalated(level)));
    }

    Situation situation() {
        return new Situation(incident, episodes.stream().filter(Episode::fires).toList(), history, overflow);
    }

    private Desk with(Optional<Incident> changed) {
        return new Desk(intake, episodes, changed, history, incidents, overflow);
    }
}
