package org.openclaw.example.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openclaw.capability.Notice;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.Receipt;
import org.openclaw.test.kit.AgentKit;

/** The on-call agent on payloads as Alertmanager sends them. */
final class TriageAgentTest {
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final String INBOX = "triage/inbox";
    private static final String CHECKOUT = "triage/checkout";

    private final List<Notice> notices = new ArrayList<>();
    private final AgentKit kit = AgentKit.of(new TriageAgent(PATIENCE, 3), new PageAgent(notices::add));
    private final Instant start = kit.now();

    @AfterEach
    void nothingFailedUnseen() {
        assertThat(kit.failures())
                .allSatisfy(failed -> assertThat(failed.type()).isEqualTo("triage.Webhook"));
    }

    @Test
    void handsEachAlertToTheAgentOfItsService() {
        webhook("firing-three-services");

        assertThat(List.of("checkout", "payments", "unassigned"))
                .allSatisfy(service -> assertThat(situation("triage/" + service).firing())
                        .singleElement()
                        .extracting(Episode::name)
                        .isEqualTo(service.equals("unassigned") ? "DiskWillFillIn4Hours" : "HighErrorRate"));
    }

    @Test
    void repliesWhatItDidWithAWebhook() {
        assertThat(webhook("firing-three-services"))
                .isEqualTo(new Filed(Map.of("checkout", 1, "payments", 1, "unassigned", 1), 0));
    }

    @Test
    void saysThatAlertmanagerLeftAlertsOut() {
        assertThat(webhook("truncated").truncated()).isEqualTo(17);
    }

    @Test
    void keepsAlertsWhoseServiceIsNoAddress() {
        assertThat(webhook("services-that-are-no-keys").alerts()).containsExactly(Map.entry("unassigned", 3));
    }

    @Test
    void describesAnIncidentByItsAlerts() {
        webhook("checkout-firing");

        assertThat(situation(CHECKOUT).firing())
                .containsExactly(new Episode(
                        "c4a86f1f2ad7b9e3",
                        Instant.parse("2026-11-22T08:00:00.118Z"),
                        Triage.AlertStatus.firing,
                        "HighErrorRate",
                        "critical",
                        "5xx ratio of checkout above 5% on checkout-0"));
    }

    @Test
    void groupsTheAlertsOfAServiceIntoOneIncident() {
        webhook("checkout-firing");
        kit.advance(Duration.ofMinutes(5));
        webhook("checkout-firing-on-two-instances");

        assertThat(incident())
                .returns(1, Incident::number)
                .returns(2, Incident::alerts)
                .returns(start, Incident::since);
    }

    @Test
    void changesNothingWhenAWebhookIsRepeated() {
        webhook("checkout-firing");
        Situation before = situation(CHECKOUT);
        kit.advance(Duration.ofMinutes(5));
        webhook("checkout-firing");

        assertThat(situation(CHECKOUT)).isEqualTo(before);
    }

    @Test
    void resolvesWhenTheLastAlertHasResolved() {
        webhook("checkout-firing-on-two-instances");
        webhook("checkout-one-of-two-resolved");
        boolean openWithOne = situation(CHECKOUT).incident().isPresent();
        kit.advance(Duration.ofMinutes(12));
        webhook("checkout-resolved");

        assertThat(openWithOne).isTrue();
        assertThat(situation(CHECKOUT).history())
                .singleElement()
                .extracting(incident -> incident.resolvedAt().orElseThrow())
                .isEqualTo(start.plus(Duration.ofMinutes(12)));
    }

    @Test
    void ignoresAFiringThatArrivesAfterItsEnd() {
        webhook("checkout-resolved");
        webhook("checkout-firing");

        assertThat(situation(CHECKOUT).incident()).isEmpty();
    }

    @Test
    void ignoresTheEndOfAnEarlierEpisode() {
        webhook("checkout-firing-anew");
        webhook("checkout-resolved");

        assertThat(incident().number()).isEqualTo(1);
    }

    @Test
    void opensTheNextIncidentWhenAnAlertFiresAnew() {
        webhook("checkout-firing");
        webhook("checkout-resolved");
        webhook("checkout-firing-anew");

        assertThat(incident().number()).isEqualTo(2);
    }

    @Test
    void opensAtTheFirstLevelAndStaysThereWhileItIsPatient() {
        webhook("checkout-firing");
        kit.advance(PATIENCE.minusSeconds(1));

        assertThat(incident().level()).isEqualTo(1);
    }

    @Test
    void escalatesWhileNobodyAcknowledges() {
        webhook("checkout-firing");
        kit.advance(PATIENCE);

        assertThat(incident().level()).isEqualTo(2);
    }

    @Test
    void callsOncePerLevelAndWaitsForAPerson() {
        webhook("checkout-firing");
        kit.advance(PATIENCE.minusSeconds(1));
        assertThat(notices).singleElement().satisfies(notice -> {
            assertThat(notice.to()).isEqualTo("level 1");
            assertThat(notice.text()).contains("Incident 1 of checkout", "HighErrorRate");
            assertThat(notice.signal()).isPresent();
        });
        kit.advance(PATIENCE.multipliedBy(10));

        assertThat(notices).extracting(Notice::to).containsExactly("level 1", "level 2", "level 3");
        assertThat(notices).extracting(Notice::idempotencyKey).doesNotHaveDuplicates();
    }

    @Test
    void aPersonAcknowledgesByTheSignalOfTheNotice() {
        webhook("checkout-firing");
        kit.advance(PATIENCE);
        assertThat(kit.waits("triage-page/1.2.checkout"))
                .extracting(wait -> wait.signal())
                .containsExactly(notices.getLast().signal());
        assertThatThrownBy(() -> kit.signal("triage-page/1.2.checkout", "acknowledgement", Map.of("by", "")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("a value that Acknowledgement accepts");

        kit.signal("triage-page/1.2.checkout", "acknowledgement", new Page.Acknowledgement("ada"));
        kit.advance(PATIENCE.multipliedBy(10));

        assertThat(incident())
                .returns(2, Incident::level)
                .returns("ada", incident -> incident.acknowledgedBy().orElseThrow());
        assertThat(notices).hasSize(2);
    }

    @Test
    void triesAChannelAgainThatFails() {
        var failures = new ArrayList<>(List.of(new IOException("busy"), new IOException("busy")));
        var flaky = AgentKit.of(new TriageAgent(PATIENCE, 3), new PageAgent(notice -> {
            if (!failures.isEmpty()) {
                throw failures.removeFirst();
            }
            notices.add(notice);
        }));
        flaky.sendJson(INBOX, "triage.Webhook", payload("checkout-firing"));

        assertThat(notices).hasSize(1);
        assertThat(flaky.failures()).isEmpty();
    }

    @Test
    void repeatedWebhooksDoNotPutTheEscalationOff() {
        webhook("checkout-firing");
        kit.advance(Duration.ofMinutes(10));
        webhook("checkout-firing-on-two-instances");
        kit.advance(Duration.ofMinutes(5));

        assertThat(incident().level()).isEqualTo(2);
    }

    @Test
    void endsAtTheHighestLevel() {
        webhook("checkout-firing");
        kit.advance(PATIENCE.multipliedBy(10));

        assertThat(incident().level()).isEqualTo(3);
        assertThat(kit.view(CHECKOUT).timers()).isEmpty();
    }

    @Test
    void staysAtItsLevelOnceAcknowledged() {
        webhook("checkout-firing");
        kit.advance(PATIENCE);
        kit.send(CHECKOUT, new Triage.Acknowledge("ada"));
        kit.advance(PATIENCE.multipliedBy(10));

        assertThat(incident())
                .returns(2, Incident::level)
                .returns("ada", incident -> incident.acknowledgedBy().orElseThrow());
    }

    @Test
    void staysWithWhoeverAcknowledgedFirst() {
        webhook("checkout-firing");
        kit.send(CHECKOUT, new Triage.Acknowledge("ada"));

        assertThat(kit.ask(CHECKOUT, new Triage.Acknowledge("bob"), Situation.class)
                        .incident()
                        .orElseThrow()
                        .acknowledgedBy())
                .contains("ada");
    }

    @Test
    void doesNotEscalateWhatHasBeenResolved() {
        webhook("checkout-firing");
        webhook("checkout-resolved");
        kit.advance(PATIENCE.multipliedBy(2));

        assertThat(situation(CHECKOUT).history()).extracting(Incident::level).containsExactly(1);
    }

    @Test
    void givesTheNextIncidentItsOwnPatience() {
        webhook("checkout-firing");
        kit.advance(Duration.ofMinutes(10));
        webhook("checkout-resolved");
        webhook("checkout-firing-anew");
        kit.advance(Duration.ofMinutes(10));

        assertThat(incident().level()).isEqualTo(1);
    }

    @Test
    void isNotMovedByAReminderOfAnotherIncidentOrLevel() {
        webhook("checkout-firing");
        kit.sendJson(CHECKOUT, "triage-page.Unanswered", "{\"incident\":7,\"level\":1}");
        kit.sendJson(CHECKOUT, "triage-page.Unanswered", "{\"incident\":1,\"level\":2}");

        assertThat(incident().level()).isEqualTo(1);
    }

    @Test
    void failsAWebhookOfAnotherFormatVersion() {
        MessageStatus status = kit.sendJson(INBOX, "triage.Webhook", payload("format-version-3"));

        assertThat(status)
                .isInstanceOfSatisfying(
                        MessageStatus.Dead.class,
                        dead -> assertThat(dead.cause()).contains("format version '3' (expected: '4')"));
        assertThat(kit.exists(CHECKOUT)).isFalse();
    }

    @Test
    void refusesWhatIsNoWebhook() {
        Receipt receipt = kit.offer(INBOX, "triage.Webhook", "{\"version\":\"4\"}");

        assertThat(receipt).isInstanceOf(Receipt.Refused.class);
    }

    @Test
    void refusesAnAcknowledgementByNobody() {
        assertThat(kit.offer(CHECKOUT, "triage.Acknowledge", "{\"by\":\" \"}")).isInstanceOf(Receipt.Refused.class);
    }

    @Test
    void countsWhatHasComeIn() {
        webhook("firing-three-services");
        webhook("truncated");

        assertThat(kit.query(INBOX, new Triage.Overview()))
                .isEqualTo(new Intake(
                        2, 5, 17, Map.of("checkout", 3L, "payments", 1L, "unassigned", 1L), Optional.of(kit.now())));
    }

    @Test
    void refusesSettingsThatNeverEscalateInOrder() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TriageAgent(Duration.ZERO, 3))
                .withMessageContaining("expected: at least 1 minute and 1 level");
    }

    private Filed webhook(String name) {
        MessageStatus status = kit.sendJson(INBOX, "triage.Webhook", payload(name));
        return kit.replyOf(status, Filed.class).orElseThrow();
    }

    private Situation situation(String address) {
        return kit.query(address, new Triage.Status());
    }

    private Incident incident() {
        return situation(CHECKOUT).incident().orElseThrow();
    }

    private static String payload(String name) {
        String path = "/alertmanager/" + name + ".json";
        try (InputStream json = Objects.requireNonNull(TriageAgentTest.class.getResourceAsStream(path), path)) {
            return new String(json.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
