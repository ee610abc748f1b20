package org.openclaw.example.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openclaw.example.triage.Triage.AlertStatus.firing;
import static org.openclaw.example.triage.Triage.AlertStatus.resolved;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openclaw.example.triage.Triage.Alert;
import org.openclaw.example.triage.Triage.AlertStatus;

final class DeskTest {
    private static final Instant START = Instant.parse("2026-11-22T08:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-22T08:15:00Z");

    @Test
    void opensOneIncidentForAllAlertsThatFire() {
        Desk desk = Desk.EMPTY.with(List.of(alert("a", 0, firing), alert("b", 1, firing)), NOW);

        assertThat(desk.incident()).contains(new Incident(1, NOW, 1, 2, Optional.empty(), Optional.empty()));
    }

    @Test
    void changesNothingWhenAWebhookIsRepeated() {
        Desk once = Desk.EMPTY.with(List.of(alert("a", 0, firing)), NOW);

        assertThat(once.with(List.of(alert("a", 0, firing)), NOW.plusSeconds(60)))
                .isEqualTo(once);
    }

    @Test
    void staysOpenWhileOneAlertFires() {
        Desk desk = Desk.EMPTY
                .with(List.of(alert("a", 0, firing), alert("b", 0, firing)), NOW)
                .with(List.of(alert("a", 0, resolved)), NOW);

        assertThat(desk.situation().firing()).extracting(Episode::fingerprint).containsExactly("b");
        assertThat(desk.incident()).isPresent();
    }

    @Test
    void resolvesWhenAllItsAlertsHaveResolved() {
        Desk desk = Desk.EMPTY
                .with(List.of(alert("a", 0, firing), alert("b", 0, firing)), NOW)
                .with(List.of(alert("a", 0, resolved), alert("b", 0, resolved)), NOW.plusSeconds(60));

        assertThat(desk.situation())
                .isEqualTo(new Situation(
                        Optional.empty(),
                        List.of(),
                        List.of(new Incident(1, NOW, 1, 2, Optional.empty(), Optional.of(NOW.plusSeconds(60)))),
                        0));
    }

    @Test
    void opensNothingForAnAlertThatWasResolvedBeforeItsFiringArrives() {
        Desk desk = Desk.EMPTY.with(List.of(alert("a", 0, resolved)), NOW).with(List.of(alert("a", 0, firing)), NOW);

        assertThat(desk.situation()).isEqualTo(Desk.EMPTY.situation());
    }

    @Test
    void isNotResolvedByTheEndOfAnEarlierEpisode() {
        Desk desk = Desk.EMPTY.with(List.of(alert("a", 10, firing)), NOW).with(List.of(alert("a", 0, resolved)), NOW);

        assertThat(desk.incident()).isPresent();
    }

    @Test
    void isResolvedByTheEndOfALaterEpisodeWhoseStartWasLost() {
        Desk desk = Desk.EMPTY.with(List.of(alert("a", 0, firing)), NOW).with(List.of(alert("a", 10, resolved)), NOW);

        assertThat(desk.incident()).isEmpty();
    }

    @Test
    void opensANewIncidentWhenAnAlertFiresAnew() {
        Desk desk = Desk.EMPTY
                .with(List.of(alert("a", 0, firing)), NOW)
                .with(List.of(alert("a", 0, resolved)), NOW)
                .with(List.of(alert("a", 10, firing)), NOW);

        assertThat(desk.incident().map(Incident::number)).contains(2);
    }

    @Test
    void knowsTheSameAlertsWhateverTheOrderOfWebhooks() {
        var webhooks = List.of(
                alert("a", 0, firing),
                alert("a", 0, resolved),
                alert("a", 10, firing),
                alert("b", 0, firing),
                alert("b", 0, resolved));

        Set<Set<Episode>> outcomes = permutations(webhooks).stream()
                .map(order -> order.stream()
                        .reduce(Desk.EMPTY, (desk, alert) -> desk.with(List.of(alert), NOW), (_, last) -> last))
                .map(desk -> Set.copyOf(desk.episodes()))
                .collect(Collectors.toSet());

        assertThat(outcomes)
                .containsExactly(Set.of(Episode.of(alert("a", 10, firing)), Episode.of(alert("b", 0, resolved))));
    }

    @Test
    void forgetsTheOldestResolvedAlertsFirst() {
        Desk desk = Desk.EMPTY
                .with(List.of(alert("old", 0, resolved), alert("fires", 0, firing)), NOW)
                .with(alerts(499, resolved), NOW);

        assertThat(desk.episodes())
                .hasSize(500)
                .extracting(Episode::fingerprint)
                .contains("fires", "0", "498")
                .doesNotContain("old");
    }

    @Test
    void countsTheAlertsThatFindNoRoom() {
        Desk desk = Desk.EMPTY.with(alerts(510, firing), NOW);

        assertThat(desk.episodes()).hasSize(500);
        assertThat(desk.situation().overflow()).isEqualTo(10);
    }

    @Test
    void keepsTheLatestTwentyIncidents() {
        Desk desk = Desk.EMPTY;
        for (int i = 0; i < 25; i++) {
            desk = desk.with(List.of(alert("a", i, firing)), NOW).with(List.of(alert("a", i, resolved)), NOW);
        }

        assertThat(desk.history())
                .extracting(Incident::number)
                .containsExactlyElementsOf(
                        IntStream.iterate(25, n -> n > 5, n -> n - 1).boxed().toList());
    }

    @Test
    void clipsLongTexts() {
        var alert = new Alert(
                firing, Map.of("alertname", "x".repeat(199) + "\uD83D\uDE00"), Map.of(), START, START, "", "a");

        assertThat(Episode.of(alert).name()).isEqualTo("x".repeat(199));
    }

    private static List<Alert> alerts(int count, AlertStatus status) {
        return IntStream.range(0, count)
                .mapToObj(i -> alert(String.valueOf(i), 0, status))
                .toList();
    }

    private static Alert alert(String fingerprint, int startMinute, AlertStatus status) {
        return new Alert(
                status,
                Map.of("alertname", "HighErrorRate"),
                Map.of(),
                START.plusSeconds(60L * startMinute),
                START,
                "",
                fingerprint);
    }

    private static <T> List<List<T>> permutations(List<T> elements) {
        if (elements.isEmpty()) {
            return List.of(List.of());
        }
        var all = new ArrayList<List<T>>();
        for (int i = 0; i < elements.size(); i++) {
            var rest = new ArrayList<>(elements);
            T first = rest.remove(i);
            for (List<T> tail : permutations(rest)) {
                var permutation = new ArrayList<>(Collections.singletonList(first));
                permutation.addAll(tail);
                all.add(permutation);
            }
        }
        return all;
    }
}
