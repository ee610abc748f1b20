package org.openclaw.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.openclaw.store.StoreException;

class StoreProblemTest {
    private final StoreException failed = StoreException.failed("journal.failed", new IOException("It is gone."));

    @Test
    void asksToComeAgainWhenTheStoreHasFailed() {
        var response =
                StoreProblem.of(new CompletionException(failed)).orElseThrow().response();
        var json = TestDoor.json(response);

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers()).containsEntry("Retry-After", "60");
        assertThat(json.get("code").asString()).isEqualTo("journal.failed");
        assertThat(json.get("detail").asString()).contains("It is gone.").contains("start this node again");
    }

    @Test
    void asksForRoomWhenTheDiskIsFull() {
        var full = StoreException.unchanged("journal.full", new IOException("No space left."));

        var json = TestDoor.json(
                StoreProblem.of(new UncheckedIOException(full)).orElseThrow().response());

        assertThat(json.get("detail").asString()).contains("Make room on the disk");
    }

    @Test
    void leavesWhatIsNotTheStoresFaultToOthers() {
        assertThat(StoreProblem.of(new CompletionException(new IllegalStateException("broken"))))
                .isEmpty();
    }
}
