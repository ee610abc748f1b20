package org.openclaw.deploy.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.deploy.Verdict.Refused;
import org.osgi.framework.Version;

final class PinsTest {
    private static final Duration MOMENT = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofSeconds(3);

    @TempDir
    Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private final Time time = new Time(InstantSource.fixed(Instant.EPOCH), nanos::get);

    @BeforeEach
    void makeFolders() throws Exception {
        Files.createDirectories(file().getParent());
        Files.createDirectories(memory().getParent());
    }

    @Test
    void holdsWhatTheFileSays() throws Exception {
        operatorWrites("{\"acme.bot\": \"1.4.0\"}");
        assertThat(pins().byName()).containsOnlyKeys("acme.bot").containsValue(new Version("1.4.0"));
    }

    @Test
    void seesAChangeByHandAtTheNextLook() throws Exception {
        var pins = pins();
        operatorWrites("{\"acme.bot\": \"1.4.0\"}");
        pins.look();
        assertThat(pins.byName()).containsEntry("acme.bot", new Version("1.4.0"));
        operatorWrites("{\"acme.bot\": \"1.5.0\"}");
        pins.look();
        assertThat(pins.byName()).containsEntry("acme.bot", new Version("1.5.0"));
    }

    @Test
    void keepsWhatItReadLastWhenTheFileIsDamaged() throws Exception {
        operatorWrites("{\"acme.bot\": \"1.4.0\"}");
        var pins = pins();
        operatorWrites("{\"acme.bot\": ");
        pins.look();
        pass(pins, LONG);
        assertThat(pins.byName()).containsEntry("acme.bot", new Version("1.4.0"));
        assertThat(pins.problem().map(Refused::text))
                .hasValueSatisfying(text -> assertThat(text)
                        .startsWith("Refused pins.json: line 1: Unexpected end-of-input")
                        .contains("stays pinned until then (acme.bot 1.4.0)")
                        .endsWith("[pins.malformed]"));
    }

    @Test
    void keepsWhatItReadLastAcrossARestartWhenTheFileIsDamaged() throws Exception {
        operatorWrites("{\"acme.bot\": \"1.4.0\"}");
        pins();
        operatorWrites("{\"acme.bot\": ");
        var pins = pins();
        assertThat(pins.byName()).containsEntry("acme.bot", new Version("1.4.0"));
        assertThat(pins.problem()).as("said at the first look").isPresent();
    }

    @Test
    void complainsOnlyWhenTheDamageLasts() throws Exception {
        operatorWrites("{\"acme.bot\": \"1.4.0\"}");
        var pins = pins();
        operatorWrites("");
        pins.look();
        pass(pins, MOMENT);
        operatorWrites("{\"acme.bot\"");
        pass(pins, LONG.dividedBy(2));
        assertThat(pins.problem()).isEmpty();
        operatorWrites("{\"acme.bot\": \"1.5.0\"}");
        pins.look();
        assertThat(pins.problem()).isEmpty();
        assertThat(pins.byName()).containsEntry("acme.bot", new Version("1.5.0"));
    }

    @Test
    void complainsNoMoreOnceTheFileIsCorrected() throws Exception {
        operatorWrites("nothing of use");
        var pins = pins();
        assertThat(pins.problem()).isPresent();
        operatorWrites("{}");
        pins.look();
        assertThat(pins.problem()).isEmpty();
    }

    @Test
    void doesNotUnpinWhileAnEditorExchangesTheFile() throws Exception {
        operatorWrites("{\"acme.bot\": \"1.4.0\"}");
        var pins = pins();
        Files.delete(file());
        pins.look();
        pass(pins, MOMENT);
        assertThat(pins.byName()).containsKey("acme.bot");
    }

    @Test
    void unpinsWhenTheFileStaysAway() throws Exception {
        operatorWrites("{\"acme.bot\": \"1.4.0\"}");
        var pins = pins();
        Files.delete(file());
        pins.look();
        pass(pins, LONG);
        assertThat(pins.byName()).isEmpty();
        assertThat(pins().byName()).as("after a restart").isEmpty();
    }

    @Test
    void saysWhenItWantsToLookAgain() throws Exception {
        operatorWrites("{\"acme.bot\": \"1.4.0\"}");
        var pins = pins();
        assertThat(pins.next()).isEmpty();
        Files.delete(file());
        pins.look();
        assertThat(pins.next()).contains(Duration.ofSeconds(2));
        pass(pins, LONG);
        assertThat(pins.next()).isEmpty();
    }

    @Test
    void writesAPinBesideTheOthers() throws Exception {
        operatorWrites("{\"acme.fox\": \"1.0.0\"}");
        var pins = pins();
        assertThat(pins.change("acme.bot", Optional.of(new Version("1.4.0")))).isEmpty();
        pins.look();
        assertThat(pins.byName())
                .containsEntry("acme.bot", new Version("1.4.0"))
                .containsEntry("acme.fox", new Version("1.0.0"));
        assertThat(pins.change("acme.fox", Optional.empty())).isEmpty();
        pins.look();
        assertThat(pins.byName()).containsOnlyKeys("acme.bot");
    }

    @Test
    void keepsWhatAnOperatorWroteSinceTheLastLook() throws Exception {
        var pins = pins();
        operatorWrites("{\"acme.fox\": \"1.0.0\"}");
        pins.change("acme.bot", Optional.of(new Version("1.4.0")));
        pins.look();
        assertThat(pins.byName()).containsOnlyKeys("acme.bot", "acme.fox");
    }

    @Test
    void writesNothingWhenNothingChanges() throws Exception {
        pins().change("acme.bot", Optional.empty());
        assertThat(file()).doesNotExist();
        operatorWrites("{\"acme.bot\":\"1.4\"}");
        pins().change("acme.bot", Optional.of(new Version("1.4.0")));
        assertThat(file()).hasContent("{\"acme.bot\":\"1.4\"}");
    }

    @Test
    void writesOverNothingThatItCannotRead() throws Exception {
        operatorWrites("{\"acme.fox\": \"1.0.0\"");
        var refused = pins().change("acme.bot", Optional.of(new Version("1.4.0")));
        assertThat(refused.map(Refused::code)).contains("pins.malformed");
        assertThat(file()).hasContent("{\"acme.fox\": \"1.0.0\"");
    }

    @Test
    void losesNoneOfTheChangesThatAreMadeAtTheSameTime() throws Exception {
        var pins = pins();
        var threads = new ArrayList<Thread>();
        for (var i = 0; i < 8; i++) {
            var name = "acme.bot" + i;
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    pins.change(name, Optional.of(new Version("1.0.0")));
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            }));
        }
        for (var thread : threads) {
            thread.join();
        }
        pins.look();
        assertThat(pins.byName()).hasSize(8);
    }

    @Test
    void buildsADamagedMemoryAgainFromTheFolder() throws Exception {
        operatorWrites("{\"acme.bot\": \"1.4.0\"}");
        Files.writeString(memory(), "damaged");
        pins();
        operatorWrites("damaged too");
        assertThat(pins().byName()).containsEntry("acme.bot", new Version("1.4.0"));
    }

    private void pass(Pins pins, Duration time) {
        nanos.addAndGet(time.toNanos());
        pins.look();
    }

    private void operatorWrites(String text) throws Exception {
        Files.writeString(file(), text);
    }

    private Pins pins() {
        return new Pins(file(), memory(), time);
    }

    private Path file() {
        return folder.resolve("deploy").resolve(PinFile.NAME);
    }

    private Path memory() {
        return folder.resolve("data").resolve(PinFile.NAME);
    }
}
