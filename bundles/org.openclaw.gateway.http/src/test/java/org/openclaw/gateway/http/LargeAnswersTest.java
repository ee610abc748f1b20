package org.openclaw.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LargeAnswersTest {
    private final LargeAnswers answers = new LargeAnswers(100, Duration.ofMinutes(1));
    private final List<String> ended = new ArrayList<>();

    /** A client that takes nothing until it is told to. */
    private final class Client extends ServletOutputStream {
        private final String name;
        private final List<WriteListener> listeners = new ArrayList<>();
        private boolean ready;
        private int taken;

        Client(String name) {
            this.name = name;
        }

        void ask(int bytes) {
            var async = (AsyncContext) Proxy.newProxyInstance(
                    LargeAnswersTest.class.getClassLoader(), new Class<?>[] {AsyncContext.class}, (_, _, _) -> {
                        ended.add(name);
                        return null;
                    });
            answers.write(async, this, new byte[bytes]);
        }

        void take() throws IOException {
            ready = true;
            listeners.getFirst().onWritePossible();
        }

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            listeners.add(listener);
        }

        @Override
        public void write(int octet) {
            taken++;
        }
    }

    @Test
    void whoHasTakenLongestIsCutForOthers() {
        for (var name : List.of("a", "b", "c")) {
            new Client(name).ask(40);
        }
        assertThat(ended).containsExactly("a");
        new Client("d").ask(100);
        assertThat(ended).containsExactly("a", "b", "c");
    }

    @Test
    void whoHasTakenAllCountsNoMore() throws Exception {
        var quick = new Client("quick");
        quick.ask(60);
        quick.take();
        assertThat(quick.taken).isEqualTo(60);
        new Client("other").ask(100);

        assertThat(ended).containsExactly("quick");
    }

    @Test
    void oneAloneMayBeLonger() {
        new Client("long").ask(1000);

        assertThat(ended).isEmpty();
    }
}
