package org.openclaw.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openclaw.agent.AgentCounts;
import org.openclaw.agent.AgentState;
import org.openclaw.agent.AgentTypeView;
import org.openclaw.agent.TurnLimits;
import org.openclaw.capability.CapabilityView.Circuit;
import org.openclaw.deploy.DeployedFile;
import org.openclaw.message.Address;
import tools.jackson.databind.JsonNode;

/** Lists are shown page by page, all in the same way. */
class ListingTest {
    private final TestDoor door = new TestDoor();

    private void fill() {
        for (var name : List.of("a", "b b", "c")) {
            door.agents.types.add(new AgentTypeView(
                    name,
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    false,
                    0,
                    new AgentCounts(0, 0, 0, 0, 0, 0, 0)));
            door.agents.limits.add(new TurnLimits(
                    TurnLimits.Of.TYPE,
                    name,
                    1,
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    0,
                    0,
                    Optional.empty(),
                    List.of()));
            door.agents.agents.add(ListedAgents.view(Address.of("order", name), AgentState.PASSIVE));
            door.letters.add(name, Address.of("order", name));
            door.waits.signal(Address.of("order", name), name);
            door.folder.files.put(name, BundlesResourceTest.serving(DeployedFile.State.SERVING));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/types, types, name",
        "/v1/limits, limits, name",
        "/v1/agents, agents, key",
        "/v1/dead-letters, deadLetters, receipt",
        "/v1/signals, waits, signal"
    })
    void followingTheLinksShowsEachOnce(String path, String list, String name) {
        fill();
        var seen = new ArrayList<String>();
        var target = path + "?limit=1";
        for (int page = 0; page < 5 && !target.isEmpty(); page++) {
            var response = door.ask("GET", target).response();
            TestDoor.json(response)
                    .get(list)
                    .forEach(each -> seen.add(each.get(name).asString()));
            target = response.headers().getOrDefault("Link", "").replaceAll("<(.*)>; rel=\"next\"", "$1");
        }

        assertThat(seen).containsExactly("a", "b b", "c");
        assertThat(target).isEmpty();
    }

    private JsonNode types(String query) {
        return door.ask("GET", "/v1/types" + query).responseJson();
    }

    @Test
    void whatHasGoneMeanwhileLeavesNoGap() {
        fill();
        var next = types("?limit=2").get("next").asString();
        door.agents.types.remove(1);

        assertThat(types("?after=" + next).get("types").findValuesAsString("name"))
                .containsExactly("c");
    }

    @Test
    void showsAllWhereThatIsUsual() {
        fill();

        assertThat(types("").get("types")).hasSize(3);
        assertThat(types("").has("next")).isFalse();
    }

    @Test
    void theLinkAsksForTheSame() {
        fill();
        var link = door.ask("GET", "/v1/agents?q=%20&type=order&limit=1")
                .response()
                .headers();

        assertThat(link).doesNotContainKey("Link");
        assertThat(door.ask("GET", "/v1/agents?state=passive%2Cactive&limit=1")
                        .response()
                        .headers()
                        .getOrDefault("Link", ""))
                .startsWith("</v1/agents?state=passive%2Cactive&limit=1&after=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense!", "b3JkZXI", "gICA", "", "dHlwZXM6Y"})
    void refusesWhatNoPageGave(String after) {
        var response =
                door.ask("GET", "/v1/types?after=" + UrlText.encode(after)).response();

        assertThat(response.status()).isEqualTo(400);
        assertThat(TestDoor.json(response).get("code").asString()).isEqualTo("after.invalid");
    }

    @Test
    void refusesTheCursorOfAnotherList() {
        fill();
        var cursor = new Cursor("agents", "order/a").text();

        assertThat(door.ask("GET", "/v1/agents?after=" + cursor).response().status())
                .isEqualTo(200);
        for (var path :
                List.of("types", "limits", "dead-letters", "signals", "bundles", "deployments", "capabilities")) {
            var response = door.ask("GET", "/v1/" + path + "?after=" + cursor).response();
            assertThat(response.status()).as(path).isEqualTo(400);
            assertThat(TestDoor.json(response).get("detail").asString()).contains("of another list");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1001", "-1", "x", ""})
    void refusesALimitThatIsOutOfRange(String limit) {
        door.capabilities.all.add(CapabilitiesResourceTest.view(new Circuit.Closed(), Optional.empty()));

        for (var path : List.of("types", "agents", "bundles", "capabilities/stock.reserve")) {
            assertThat(door.ask("GET", "/v1/" + path + "?limit=" + limit)
                            .response()
                            .status())
                    .as(path)
                    .isEqualTo(400);
        }
    }
}
