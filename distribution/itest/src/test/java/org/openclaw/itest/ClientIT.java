package org.openclaw.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.bench.container.Container;
import org.openclaw.bench.container.Plugins;
import org.openclaw.client.EventQuery;
import org.openclaw.client.OpenClaw;
import org.openclaw.client.Outgoing;
import org.openclaw.client.RefusedException;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.Receipt;

/** The Java client, against a container that is killed meanwhile. */
class ClientIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    static Path temp;

    private static Container container;
    private static OpenClaw openclaw;

    record Say(String text) {}

    record Said(String text, String version, long told) {}

    record Slow(long millis) {}

    record Fail(String why) {}

    record Total() {}

    record Count(long told) {}

    @BeforeAll
    static void start() throws Exception {
        container = Container.started(temp.resolve("home"));
        var plugins = Plugins.trustedBy(container, temp.resolve("plugins"));
        container.drop(plugins.echo("1.0.0"), "echo.jar");
        container.awaitFile("echo.jar", "serving");
        openclaw = OpenClaw.at(URI.create("http://127.0.0.1:" + container.port))
                .tokenFile(container.home.resolve("conf/admin.token"))
                .source("/client-it")
                .patience(LONG)
                .connect();
    }

    @AfterAll
    static void stop() {
        openclaw.close();
        container.close();
    }

    @Test
    void asksByRecordsAndHearsWhatFailed() throws Exception {
        var agent = openclaw.agent("echo", "asked/by records");

        assertThat(agent.ask(new Say("hello"), Said.class, LONG)).isEqualTo(new Said("hello", "1.0.0", 1));
        assertThat(agent.ask(new Slow(1_500), Said.class, LONG).told()).isEqualTo(2);
        assertThat(agent.ask(new Total(), Count.class, LONG)).isEqualTo(new Count(2));
        assertThatThrownBy(() -> agent.send(new Count(1)))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.status()).isEqualTo(422))
                .hasMessageContaining("echo.Count");
    }

    @Test
    void aMessageThatIsSentAgainTakesPlaceOnceAcrossAKill() throws Exception {
        var agent = openclaw.agent("echo", "again");
        List<Outgoing> batch = IntStream.range(0, 100)
                .mapToObj(number -> Outgoing.of(new Say("text " + number)).id("batch-" + number))
                .toList();
        assertThat(agent.sendAll(batch)).noneMatch(Receipt.Accepted::duplicate);

        container.kill();
        var late = agent.sendAsync(Outgoing.of(new Say("while it is away")).id("late"));
        container.restart();
        container.awaitFile("echo.jar", "serving");

        assertThat(agent.sendAll(batch)).allMatch(Receipt.Accepted::duplicate);
        assertThat(late.get().duplicate()).isFalse();
        var last = agent.send(Outgoing.of(new Say("last")).id("last"));
        assertThat(agent.ask(new Slow(0), Said.class, LONG).told()).isEqualTo(103);
        assertThat(openclaw.message(last.id()).orElseThrow().status()).isInstanceOf(MessageStatus.Done.class);
    }

    @Test
    void followsWhatAnAgentDoes() throws Exception {
        var agent = openclaw.agent("echo", "followed");
        var query = EventQuery.of(agent.address()).kinds("turn.done");
        agent.ask(new Say("first"), Said.class, LONG);
        var kinds = new ArrayList<String>();
        try (var events = openclaw.events(query.from(new EventQuery.From.Start()))) {
            kinds.add(events.next().orElseThrow().kind());
            agent.send(new Say("second"));
            kinds.add(events.next().orElseThrow().messageType().orElseThrow());
        }
        assertThat(kinds).containsExactly("turn.done", "echo.Say");
        try (var events = openclaw.events(query)) {
            var sent = agent.send(new Say("third"));
            assertThat(events.next().orElseThrow().receipt()).contains(sent.id().value());
        }
    }
}
