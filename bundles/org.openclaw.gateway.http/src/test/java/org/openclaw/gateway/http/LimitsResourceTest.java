package org.openclaw.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.openclaw.agent.TurnLimits;
import org.openclaw.message.Address;

class LimitsResourceTest {
    private static final TurnLimits TENANT = new TurnLimits(
            TurnLimits.Of.TENANT,
            "default",
            4,
            OptionalInt.empty(),
            OptionalInt.of(100),
            0,
            1,
            Optional.of(TurnLimits.Bound.PER_SECOND),
            List.of(Address.of("order", "9")));
    static final TurnLimits TYPE = new TurnLimits(
            TurnLimits.Of.TYPE,
            "order",
            1,
            OptionalInt.of(2),
            OptionalInt.empty(),
            2,
            12,
            Optional.of(TurnLimits.Bound.CONCURRENT),
            List.of(Address.of("order", "7"), Address.of("order", "8/late")));
    private static final TurnLimits FREE = new TurnLimits(
            TurnLimits.Of.TYPE,
            "triage",
            1,
            OptionalInt.empty(),
            OptionalInt.empty(),
            3,
            0,
            Optional.empty(),
            List.of());

    private final TestDoor door = new TestDoor();

    @Test
    void saysWhatEachGetsWhatHoldsItAndWhoWaits() {
        door.agents.limits.addAll(List.of(TENANT, TYPE, FREE));

        assertThat(door.ask("GET", "/v1/limits").responseJson().toString())
                .isEqualTo(
                        "{\"limits\":[{\"of\":\"tenant\",\"name\":\"default\",\"weight\":4,\"perSecond\":100,"
                                + "\"running\":0,\"waiting\":1,\"heldBy\":\"perSecond\",\"waiters\":[\"order/9\"]},"
                                + "{\"of\":\"type\",\"name\":\"order\",\"weight\":1,\"concurrent\":2,"
                                + "\"running\":2,\"waiting\":12,\"heldBy\":\"concurrent\",\"waiters\":[\"order/7\",\"order/8/late\"]},"
                                + "{\"of\":\"type\",\"name\":\"triage\",\"weight\":1,\"running\":3,\"waiting\":0,\"waiters\":[]}]}");
    }

    @Test
    void isEmptyWhereNothingHasABoundOrSomethingToDo() {
        assertThat(door.ask("GET", "/v1/limits").responseJson().toString()).isEqualTo("{\"limits\":[]}");
    }

    @Test
    void isForReadersToLookAt() {
        assertThat(door.ask("GET", "/v1/limits")
                        .with("Authorization", "Bearer reader-token")
                        .response()
                        .status())
                .isEqualTo(200);
        assertThat(door.ask("DELETE", "/v1/limits").response().status()).isEqualTo(405);
    }

    @Test
    void isAbsentWhileTheRuntimeIs() {
        door.present = false;

        assertThat(door.ask("GET", "/v1/limits").response().status()).isEqualTo(503);
    }
}
