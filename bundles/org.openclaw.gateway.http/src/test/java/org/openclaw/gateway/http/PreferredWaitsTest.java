package org.openclaw.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openclaw.message.MessageStatus;

class PreferredWaitsTest {
    private final PreferredWaits waits = new PreferredWaits(1);
    private final CompletableFuture<Response> turn = new CompletableFuture<>();
    private final Response reply = Response.empty(200);
    private final Response receipt = Response.empty(202);

    private CompletableFuture<Response> await(Duration within) {
        return waits.await(new Answer.Later(turn, within, receipt));
    }

    @Test
    void answersWithTheReplyWhenItComes() {
        var answer = await(Duration.ofMinutes(1));
        assertThat(answer).isNotDone();
        turn.complete(reply);

        assertThat(answer).isCompletedWithValue(reply);
    }

    @Test
    void answersWithTheReceiptWhenTheTimeIsOver() throws Exception {
        assertThat(await(Duration.ofMillis(1)).get(30, TimeUnit.SECONDS)).isSameAs(receipt);
    }

    @Test
    void answersWithTheReceiptWhenTheWaitBreaks() {
        var answer = await(Duration.ofMinutes(1));
        turn.completeExceptionally(new IllegalStateException("stopping"));

        assertThat(answer).isCompletedWithValue(receipt);
    }

    @Test
    void waitsForTheEndOfAMessageNoLongerThanItsTime() throws Exception {
        var outcome = new CompletableFuture<MessageStatus>();
        var answer = waits.await(Answer.Later.of(outcome, _ -> reply, Duration.ofMillis(1), receipt));

        assertThat(answer.get(30, TimeUnit.SECONDS).headers()).containsEntry("Preference-Applied", "wait=0");
        assertThat(outcome).isCancelled();
    }

    @Test
    void saysThatItHasWaitedOnlyWhenItHas() {
        var _ = await(Duration.ofMinutes(1));
        var outcome = new CompletableFuture<MessageStatus>();

        assertThat(waits.await(Answer.Later.of(outcome, _ -> reply, Duration.ofMinutes(1), receipt)))
                .isCompletedWithValue(receipt);
    }

    @Test
    void answersWithTheReceiptAtOnceWhenTooManyWait() {
        var _ = await(Duration.ofMinutes(1));

        assertThat(await(Duration.ofMinutes(1))).isCompletedWithValue(receipt);
    }

    @Test
    void hasRoomAgainWhenAWaitHasEnded() {
        await(Duration.ofMinutes(1)).complete(receipt);

        assertThat(await(Duration.ofMinutes(1))).isNotDone();
    }

    @Test
    void letsNobodyWaitWhenItIsClosed() {
        waits.close();

        assertThat(await(Duration.ofMinutes(1))).isCompletedWithValue(receipt);
    }

    @Test
    void leavesNobodyWaitingWhenItCloses() {
        var answer = await(Duration.ofMinutes(1));
        waits.close();

        assertThat(answer).isCompletedWithValue(receipt);
    }
}
