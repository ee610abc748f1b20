package org.openclaw.gateway.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request and its response, between servlets and our own records. */
final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    private static final int STREAM_BUFFER = 512;
    /** What may be too large for the buffers on the way: whoever does not take it keeps others waiting. */
    private static final int LARGE = 16 << 10;

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final Cors cors;
    private final LargeAnswers large;
    private final Semaphore bodies;

    /** For small answers without a body of the request, and pages of nobody else. */
    Exchange(HttpServletRequest request, HttpServletResponse response) {
        this(request, response, Cors.of(), new LargeAnswers(Long.MAX_VALUE, Duration.ofMinutes(1)), new Semaphore(0));
    }

    /**
     * @param cors whose pages may see what is answered
     * @param large who writes what is large
     * @param bodies a permit for each body that may be waited for at a time
     */
    Exchange(
            HttpServletRequest request, HttpServletResponse response, Cors cors, LargeAnswers large, Semaphore bodies) {
        this.bodies = bodies;
        this.large = large;
        this.cors = cors;
        this.request = request;
        this.response = response;
    }

    Request request() {
        var query = request.getQueryString();
        return new Request(
                request.getMethod(), request.getRequestURI(), query == null ? "" : query, headers(), content());
    }

    private static String joined(Enumeration<String> values) {
        var first = values.nextElement();
        return values.hasMoreElements() ? first + ", " + String.join(", ", Collections.list(values)) : first;
    }

    private Request.Headers headers() {
        return new Request.Headers() {
            @Override
            public Optional<String> header(String name) {
                return request.getHeader(name) == null // most are not there
                        ? Optional.empty()
                        : Optional.of(joined(request.getHeaders(name)));
            }

            @Override
            public List<String> names() {
                return Collections.list(request.getHeaderNames());
            }
        };
    }

    private Request.Content content() {
        return new Request.Content() {
            @Override
            public long length() {
                return request.getContentLengthLong();
            }

            @Override
            public InputStream open() throws IOException {
                return new AwaitedInput(request.getInputStream(), length(), bodies);
            }
        };
    }

    /** Writes the response. A client that has gone away is no event. */
    void answer(Response plain) {
        var asked = request();
        var answer = cors.tell(asked, Representation.of(asked).of(plain));
        response.setStatus(answer.status());
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        answer.headers().forEach(response::setHeader);
        byte[] body = answer.body();
        if (answer.status() != HttpServletResponse.SC_NO_CONTENT
                && answer.status() != HttpServletResponse.SC_NOT_MODIFIED) {
            response.setContentLength(body.length);
        }
        try {
            if (body.length > LARGE && request.isAsyncSupported() && !isHead()) {
                writeWithoutThread(body);
                return;
            }
            if (!isHead()) {
                response.getOutputStream().write(body);
            }
            response.flushBuffer();
        } catch (IOException gone) {
            LOG.debug("The client of {} has gone", request.getRequestURI(), gone);
        }
        if (request.isAsyncStarted()) {
            request.getAsyncContext().complete();
        }
    }

    private boolean isHead() {
        return request.getMethod().equals("HEAD");
    }

    private void writeWithoutThread(byte[] body) throws IOException {
        large.write(async(), response.getOutputStream(), body);
    }

    private AsyncContext async() {
        if (request.isAsyncStarted()) {
            return request.getAsyncContext();
        }
        var async = request.startAsync();
        // The time is ours: the container's own time-out races with completion and ends in an error page.
        async.setTimeout(0);
        return async;
    }

    /** Begins a stream: what it is written to, without a thread. */
    EventOutlet stream(EventOutlet.Listener listener) {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setHeader("X-Content-Type-Options", "nosniff");
        cors.tell(request(), Response.empty(HttpServletResponse.SC_OK).with(EventFrame.HEADERS))
                .headers()
                .forEach(response::setHeader);
        // Nothing is collected: thousands of streams would each hold a buffer.
        response.setBufferSize(STREAM_BUFFER);
        try {
            var outlet = new ServletOutlet(request.startAsync(), response.getOutputStream(), listener);
            outlet.begin();
            return outlet;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Answers when the response is there, without a thread meanwhile. */
    void answer(CompletableFuture<Response> response) {
        after(response, () -> answer(response.join()));
    }

    /** Goes on when something has happened, or has failed to, on a thread for requests: without one meanwhile. */
    void after(CompletionStage<?> before, Runnable next) {
        var async = async();
        // off the thread on which it happened, which a slow client must not hold
        var _ = before.whenComplete((_, _) -> async.start(next));
    }
}
