package org.openclaw.agent.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openclaw.message.Address;
import org.openclaw.message.Attributes;
import org.openclaw.message.Body;
import org.openclaw.message.Delivery;
import org.openclaw.message.Message;

class EnvelopeTest {
    private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");
    private static final Message MESSAGE = new Message("m", "/s", "t.M", Instant.ofEpochSecond(5, 6), Body.json("{}"));
    private static final Delivery HURRIED = Delivery.of(9).by(AT).until(AT.plusSeconds(1));
    private static final String HEAD = "00" + "0000000000000007" + "0000000000000008" + "0000000000000000"
            + "000000016d" + "000000022f73" + "00000003742e4d" + "0000000000000005" + "00000006" + "01000000027b7d";
    private static final String ASKER =
            "0000000161" + "0000000162" + "0000000000000001" + "0000000000000002" + "00000003";

    private static Envelope envelope(Message message, boolean asked) {
        var asker = asked ? new Envelope.Asker(Address.of("a", "b"), 1, 2, 3) : null;
        return new Envelope(Envelope.Origin.DOOR, 7, 8, 0, message, asker);
    }

    private static String hex(Envelope envelope) {
        return HexFormat.of().formatHex(envelope.bytes());
    }

    private static Envelope read(String hex) {
        return Envelope.read(HexFormat.of().parseHex(hex));
    }

    @Test
    void isWrittenAsEverWhenDeliveredAsUsual() {
        assertThat(hex(envelope(MESSAGE, false))).isEqualTo("01" + HEAD);
        assertThat(hex(envelope(MESSAGE, true))).isEqualTo("02" + HEAD + ASKER);
        assertThat(read("01" + HEAD)).isEqualTo(envelope(MESSAGE, false));
        assertThat(read("02" + HEAD + ASKER)).isEqualTo(envelope(MESSAGE, true));
    }

    @Test
    void keepsHowItIsDeliveredAndWhoAsks() {
        for (boolean asked : new boolean[] {false, true}) {
            for (var delivery : new Delivery[] {
                HURRIED, Delivery.of(0), Delivery.NORMAL.by(AT), Delivery.NORMAL.until(AT.plusNanos(1_000))
            }) {
                var envelope = envelope(MESSAGE.with(delivery), asked);

                assertThat(envelope.bytes()[0]).isEqualTo((byte) 3);
                assertThat(Envelope.read(envelope.bytes())).isEqualTo(envelope);
            }
        }
    }

    @Test
    void keepsABodyThatIsNoJsonWithItsMediaType() {
        var text = Body.of("text/csv", new byte[] {'a', ',', (byte) 0xff});
        var envelope = envelope(new Message("m", "/s", "t.M", AT, text), false);

        assertThat(Envelope.read(envelope.bytes())).isEqualTo(envelope);
        assertThatThrownBy(() -> read("01" + HEAD.replace("01000000027b7d", "03000000027b7d")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a body of the form 3 (expected: 1 or 2)");
    }

    @Test
    void isOfTheSameSizeOnceItsTurnHasBegun() {
        var envelope = envelope(MESSAGE.with(HURRIED), true);
        var begun = envelope.beginning();

        assertThat(begun.bytes()).hasSameSizeAs(envelope.bytes());
        assertThat(Envelope.read(begun.bytes())).isEqualTo(begun);
        assertThat(Envelope.read(begun.bytes()).begun()).isTrue();
    }

    @Test
    void itsNumberSaysWhetherToLookForItsPatience() {
        long usual = envelope(MESSAGE, false).number(5);
        long expiring = envelope(MESSAGE.with(Delivery.NORMAL.until(AT)), false).number(6);
        long urgent = envelope(MESSAGE.with(Delivery.of(9)), false).number(7);

        assertThat(new boolean[] {Envelope.mayDiffer(usual), Envelope.mayDiffer(expiring), Envelope.mayDiffer(urgent)})
                .containsExactly(false, false, true);
        assertThat(Arrays.asList(usual, expiring, urgent)).isSorted().allMatch(number -> number >= Envelope.least(5));
        assertThat(Envelope.origin(urgent)).isEqualTo(Envelope.Origin.DOOR);
    }

    @Test
    void keepsAttributes() {
        for (boolean asked : new boolean[] {false, true}) {
            var message = MESSAGE.with(HURRIED).with(Attributes.subject("s").with(Map.of("region", "eu")));
            var envelope = envelope(message, asked);

            assertThat(envelope.bytes()[0]).isEqualTo((byte) 4);
            assertThat(Envelope.read(envelope.bytes())).isEqualTo(envelope);
            assertThat(Envelope.glance(envelope.bytes())).isEqualTo(new Envelope.Glance(8, envelope.patience(), null));
        }
    }

    @Test
    void refersToWhatWasPublishedAndIsSmall() {
        var message = MESSAGE.with(HURRIED).with(Attributes.subject("s"));
        var reference = new Envelope.Reference(5, 6, 7, 8);
        var envelope = Envelope.of(reference, 1, 2, message);

        assertThat(envelope.bytes()).hasSizeLessThan(80);
        assertThat(Envelope.read(
                        envelope.bytes(), refers -> Optional.of(message).filter(_ -> refers.equals(reference))))
                .contains(envelope);
        assertThat(Envelope.read(envelope.bytes(), _ -> Optional.empty())).isEmpty();
        assertThat(Envelope.glance(envelope.beginning().bytes()))
                .isEqualTo(new Envelope.Glance(2, envelope.patience(), reference));
        assertThat(Envelope.mayDiffer(envelope.number(9))).isTrue();
        assertThatThrownBy(() -> Envelope.read(envelope.bytes())).hasMessageContaining("publication 6");
        assertThat(Envelope.read(envelope.copied().bytes())).isEqualTo(envelope.copied());
    }
}
