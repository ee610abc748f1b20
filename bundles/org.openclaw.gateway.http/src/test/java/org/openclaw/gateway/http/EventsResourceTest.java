package org.openclaw.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openclaw.agent.AgentCounts;
import org.openclaw.agent.AgentTypeView;
import org.openclaw.message.Address;

class EventsResourceTest {
    private final TestDoor door = new TestDoor();

    @BeforeEach
    void twoTypes() {
        for (var type : List.of("order", "stock")) {
            door.agents.types.add(new AgentTypeView(
                    type,
                    Optional.of("1.0.0"),
                    List.of("1.0.0"),
                    List.of(),
                    Optional.empty(),
                    false,
                    0,
                    new AgentCounts(0, 0, 0, 0, 0, 0, 0)));
        }
        door.events.done(Address.of("order", "7"));
        door.events.failed(Address.of("order", "8"), "no luck");
        door.events.done(Address.of("stock", "7"));
    }

    private static List<String> ids(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Stream.class);
        var feed = ((Answer.Stream) answer).feed();
        var text = new StringBuilder();
        EventFeed.Next next;
        do {
            next = feed.next();
            text.append(new String(next.bytes(), StandardCharsets.UTF_8));
        } while (next.more());
        return text.toString()
                .lines()
                .filter(line -> line.startsWith("id: "))
                .map(line -> line.substring(line.length() - 1))
                .toList();
    }

    private List<String> ids(String target) {
        return ids(door.ask("GET", target).answer());
    }

    @Test
    void beginsWithWhatIsToCome() {
        var answer = door.ask("GET", "/v1/events").answer();
        door.events.done(Address.of("order", "7"));

        assertThat(ids(answer)).containsExactly("4");
    }

    @Test
    void beginsWithTheLatestOrAllThatAreRememberedWhenAsked() {
        assertThat(ids("/v1/events?last=2")).containsExactly("2", "3");
        assertThat(ids("/v1/events?since=start")).containsExactly("1", "2", "3");
    }

    @Test
    void filtersByTypeAgentAndKind() {
        assertThat(ids("/v1/events?since=start&type=order")).containsExactly("1", "2");
        assertThat(ids("/v1/events?since=start&kind=turn.failed,turn.dead")).containsExactly("2");
        assertThat(ids("/v1/agents/order/7/events?since=start")).containsExactly("1");
        assertThat(ids("/v1/agents/order/7/events?since=start&kind=turn.failed"))
                .isEmpty();
    }

    @Test
    void goesOnBehindTheLastEventThatWasGot() {
        var answer = door.ask("GET", "/v1/events?last=3")
                .with("Last-Event-ID", ListedEvents.id(2).toString())
                .answer();

        assertThat(ids(answer)).containsExactly("3");
    }

    @Test
    void saysThatWhatCameBehindIsForgotten() {
        door.events.remember(1);
        var passed = door.ask("GET", "/v1/events")
                .with("Last-Event-ID", ListedEvents.id(1).toString());
        var restarted = door.ask("GET", "/v1/events").with("Last-Event-ID", "0000000000000001-1");

        assertThat(passed.response().status()).isEqualTo(410);
        assertThat(passed.responseJson().at("/code").asString()).isEqualTo("events.forgotten");
        assertThat(restarted.responseJson().at("/detail").asString()).contains("earlier start");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/events?kind=turn.gone, 400, kind.invalid",
        "/v1/events?last=1001, 400, last.invalid",
        "/v1/events?last=x, 400, last.invalid",
        "/v1/events?since=yesterday, 400, parameter.invalid",
        "/v1/events?since=start&last=1, 400, parameter.invalid",
        "/v1/events?type=nothing, 404, type.unknown",
        "/v1/agents/nothing/7/events, 404, type.unknown"
    })
    void refusesWhatIsNotAsExpected(String target, int status, String code) {
        var refused = door.ask("GET", target);

        assertThat(refused.response().status()).isEqualTo(status);
        assertThat(refused.responseJson().at("/code").asString()).isEqualTo(code);
    }

    @Test
    void refusesAnIdOfSomethingElse() {
        assertThat(door.ask("GET", "/v1/events")
                        .with("Last-Event-ID", "17")
                        .responseJson()
                        .at("/code")
                        .asString())
                .isEqualTo("event.id.invalid");
    }

    @Test
    void isOpenToReadersAndToNobodyElse() {
        assertThat(door.ask("GET", "/v1/events")
                        .with("Authorization", "Bearer reader-token")
                        .answer())
                .isInstanceOf(Answer.Stream.class);
        assertThat(door.ask("GET", "/v1/events")
                        .without("Authorization")
                        .response()
                        .status())
                .isEqualTo(401);
    }

    @Test
    void answersHeadWithoutAStream() {
        var response = door.ask("HEAD", "/v1/events").response();

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers()).containsEntry("Content-Type", "text/event-stream");
    }

    @Test
    void isUnavailableWithoutTheRuntime() {
        door.present = false;

        assertThat(door.ask("GET", "/v1/events").response().status()).isEqualTo(503);
    }
}
