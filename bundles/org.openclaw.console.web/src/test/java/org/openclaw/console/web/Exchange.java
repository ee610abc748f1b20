package org.openclaw.console.web;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request to the console and its answer, without a server: what is not needed here throws. */
final class Exchange {
    final Map<String, String> answered = new HashMap<>();
    final List<Cookie> cookies = new ArrayList<>();
    int status = 200;
    boolean committed;
    private final StringWriter body = new StringWriter();
    private final PrintWriter writer = new PrintWriter(body);

    private final String method;
    private final String path;
    private final Map<String, String> headers = new HashMap<>(Map.of("Host", "localhost:8080"));
    private final Map<String, String> parameters = new HashMap<>();
    private final List<Cookie> sent = new ArrayList<>();
    private boolean secure;
    private @Nullable String query;
    private final Map<String, Object> attributes = new HashMap<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Exchange(String method, String path) {
        this.method = method;
        this.path = path;
        if (method.equals("POST")) {
            headers.put("Content-Type", "application/x-www-form-urlencoded");
        }
    }

    Exchange header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    Exchange parameter(String name, String value) {
        parameters.put(name, value);
        return this;
    }

    Exchange cookie(String name, String value) {
        sent.add(new Cookie(name, value));
        return this;
    }

    Exchange query(String value) {
        query = value;
        return this;
    }

    Exchange attribute(String name, Object value) {
        attributes.put(name, value);
        return this;
    }

    Exchange secure() {
        secure = true;
        return this;
    }

    String body() {
        writer.flush();
        return body + bytes.toString(StandardCharsets.UTF_8);
    }

    HttpServletRequest request() {
        return fake(HttpServletRequest.class, (proxy, called, arguments) -> switch (called.getName()) {
            case "getMethod" -> method;
            case "getPathInfo" -> path;
            case "getQueryString" -> query;
            case "getAttribute" -> attributes.get((String) arguments[0]);
            case "getContentType" -> headers.get("Content-Type");
            case "getHeader" -> headers.get((String) arguments[0]);
            case "getParameter" -> parameters.get((String) arguments[0]);
            case "getParameterMap" -> {
                var map = new HashMap<String, String[]>();
                parameters.forEach((name, value) -> map.put(name, new String[] {value}));
                yield map;
            }
            case "getCookies" -> sent.isEmpty() ? null : sent.toArray(Cookie[]::new);
            case "isSecure" -> secure;
            case "getRemoteAddr" -> "127.0.0.1";
            default -> throw new UnsupportedOperationException(called.toString());
        });
    }

    HttpServletResponse response() {
        return fake(HttpServletResponse.class, (proxy, called, arguments) -> switch (called.getName()) {
            case "setStatus", "sendError" -> {
                status = (Integer) arguments[0];
                yield null;
            }
            case "setHeader" -> answered.put((String) arguments[0], (String) arguments[1]);
            case "setContentType" -> answered.put("Content-Type", (String) arguments[0]);
            case "addCookie" -> {
                cookies.add((Cookie) arguments[0]);
                yield null;
            }
            case "getWriter" -> writer;
            case "getOutputStream" -> new Sink(bytes);
            case "flushBuffer" -> {
                committed = true;
                yield null;
            }
            default -> throw new UnsupportedOperationException(called.toString());
        });
    }

    /** Keeps what is written. */
    private static final class Sink extends ServletOutputStream {
        private final ByteArrayOutputStream bytes;

        Sink(ByteArrayOutputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public void write(int value) {
            bytes.write(value);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException("nothing is written later");
        }
    }

    @Nullable
    String answer(String header) {
        return answered.get(header);
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
