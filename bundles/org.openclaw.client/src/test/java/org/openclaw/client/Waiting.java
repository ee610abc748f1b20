package org.openclaw.client;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Something that a test does not wait for yet. */
final class Waiting {
    private Waiting() {}

    static <T> CompletableFuture<T> on(Callable<T> call) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return call.call();
                    } catch (Exception failed) {
                        throw new CompletionException(failed);
                    }
                },
                Thread::startVirtualThread);
    }
}
