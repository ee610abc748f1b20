package org.openclaw.agent.runtime.type;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openclaw.message.Body;

class DecodedStatesTest {
    private static final Body BYTES = Body.json("{\"count\":1}");

    private final DecodedStates states = new DecodedStates(4096);

    @Test
    void findsTheRecordOfExactlyTheseBytesOfThisOwner() {
        states.keep(7, BYTES, "record");
        assertThat(states.find(7, Body.json("{\"count\":1}"))).contains("record");
        assertThat(states.find(7, Body.json("{\"count\":2}"))).isEmpty();
        assertThat(states.find(7 + 1024, BYTES)).isEmpty();
    }

    @Test
    void forgetsTheOneOfAnOwnerAlone() {
        states.keep(7, BYTES, "record");
        states.forget(7 + 1024);
        assertThat(states.find(7, BYTES)).contains("record");
        states.forget(7);
        assertThat(states.find(7, BYTES)).isEmpty();
    }

    @Test
    void makesMorePlacesWhereOwnersDriveEachOtherOut() {
        for (int times = 0; times < 3; times++) {
            for (int owner = 0; owner < 4000; owner++) {
                states.keep(owner, BYTES, owner);
            }
        }
        for (int owner = 0; owner < 4000; owner++) {
            assertThat(states.find(owner, BYTES)).contains(owner);
        }
    }

    @Test
    void hasNoMorePlacesThanItsBound() {
        for (int times = 0; times < 4; times++) {
            for (int owner = 0; owner < 8192; owner++) {
                states.keep(owner, BYTES, owner);
            }
        }
        assertThat(states.find(0, BYTES)).isEmpty();
        assertThat(states.find(8191, BYTES)).contains(8191);
    }

    @Test
    void forgetsAll() {
        states.keep(7, BYTES, "record");
        states.clear();
        assertThat(states.find(7, BYTES)).isEmpty();
    }
}
