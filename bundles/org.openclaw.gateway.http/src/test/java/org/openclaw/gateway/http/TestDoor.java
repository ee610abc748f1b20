package org.openclaw.gateway.http;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.openclaw.message.Tenant;
import org.openclaw.security.Authenticator;
import org.openclaw.security.OriginPolicy;
import org.openclaw.security.Role;
import org.openclaw.security.SessionId;
import org.openclaw.security.Subject;
import org.openclaw.telemetry.NodeStatus;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** The whole door without a server: real routes over services that tests script. */
final class TestDoor {
    static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-01T12:00:00Z"));
    static final Bounds BOUNDS = new Bounds(
            new BoundedInput.Limit(64 * 1024, Duration.ofSeconds(30)),
            new BoundedInput.Limit(1024 * 1024, Duration.ofSeconds(60)),
            64,
            100,
            100,
            2,
            3,
            Duration.ofSeconds(2));

    static final Request.Content NO_CONTENT = new Request.Content() {
        @Override
        public long length() {
            return 0;
        }

        @Override
        public InputStream open() {
            return InputStream.nullInputStream();
        }
    };

    final ScriptedBus bus = new ScriptedBus();
    final ListedAgents agents = new ListedAgents();
    final ListedEvents events = new ListedEvents();
    final ShownPreviews previews = new ShownPreviews();
    final ShelvedLetters letters = new ShelvedLetters();
    final ListedWaits waits = new ListedWaits();
    final MemoryTopics topics = new MemoryTopics();
    final ListedCapabilities capabilities = new ListedCapabilities();
    final ListedSchemas schemas = new ListedSchemas();
    final MemoryFolder folder = new MemoryFolder();
    final MemoryTrust trust = new MemoryTrust();
    final CountedCheckpoints checkpoints = new CountedCheckpoints();
    Optional<NodeStatus> status = Optional.empty();
    boolean present = true;

    final List<Route> routes = Routes.of(
            new Part<>("The message bus", () -> present ? Optional.of(bus) : Optional.empty()),
            new Part<>("The agent runtime", () -> present ? Optional.of(agents) : Optional.empty()),
            new Part<>("The agent runtime", () -> present ? Optional.of(events) : Optional.empty()),
            new Part<>("The agent runtime", () -> present ? Optional.of(previews) : Optional.empty()),
            new Part<>("The agent runtime", () -> present ? Optional.of(letters) : Optional.empty()),
            new Part<>("The agent runtime", () -> present ? Optional.of(waits) : Optional.empty()),
            new Part<>("The agent runtime", () -> present ? Optional.of(topics) : Optional.empty()),
            new Part<>("The agent runtime", () -> present ? Optional.of(capabilities) : Optional.empty()),
            new Part<>("The registry of schemas", () -> present ? Optional.of(schemas) : Optional.empty()),
            new Part<>("The drop folder", () -> present ? Optional.of(folder) : Optional.empty()),
            new Part<>("The trust store", () -> present ? Optional.of(trust) : Optional.empty()),
            new Part<>("The store of checkpoints", () -> present ? Optional.of(checkpoints) : Optional.empty()),
            new Part<>("The health of the node", () -> status.map(now -> () -> now)),
            BOUNDS,
            CLOCK,
            () -> "fresh-id");
    final Cors cors;
    final Door door;
    private final Conformance conformance = new Conformance(
            Stream.concat(routes.stream(), Stream.of(OpenApi.route(routes))).toList());

    TestDoor() {
        this(Cors.of());
    }

    TestDoor(Cors cors) {
        this.cors = cors;
        door = new Door(new Access(new RoleTokens(), new OriginPolicy(Set.of("localhost", "127.0.0.1")), cors), routes);
    }

    /** A request of the administrator, to be altered. */
    Ask ask(String method, String target) {
        return new Ask(method, target).with("Host", "localhost:8080").with("Authorization", "Bearer admin-token");
    }

    static JsonNode json(Response response) {
        return JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build()
                .readTree(response.body());
    }

    /** A request in the making. */
    final class Ask implements Request.Content, Request.Headers {
        private final String method;
        private final String target;
        private final TreeMap<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        private byte[] body = {};
        private boolean announced = true;

        private Ask(String method, String target) {
            this.method = method;
            this.target = target;
        }

        Ask with(String header, String value) {
            headers.put(header, value);
            return this;
        }

        Ask without(String header) {
            headers.remove(header);
            return this;
        }

        Ask json(String text) {
            return body("application/json", text.getBytes(StandardCharsets.UTF_8));
        }

        Ask body(String mediaType, byte[] bytes) {
            body = bytes;
            return with("Content-Type", mediaType);
        }

        Ask chunked() {
            announced = false;
            return this;
        }

        Answer answer() {
            return door.answer(request());
        }

        Request request() {
            int mark = target.indexOf('?');
            return new Request(
                    method,
                    mark < 0 ? target : target.substring(0, mark),
                    mark < 0 ? "" : target.substring(mark + 1),
                    this,
                    this);
        }

        /** The response, as it is when the time to wait is over at once. It is as {@code /openapi.json} says. */
        Response response() {
            var response = cors.tell(request(), Representation.of(request()).of(response(answer())));
            conformance.check(method, target, response);
            return response;
        }

        private Response response(Answer answer) {
            return switch (answer) {
                case Answer.Now now -> now.response();
                case Answer.Later later ->
                    later.response().toCompletableFuture().getNow(later.otherwise());
                case Answer.After _, Answer.Stream _ -> throw new IllegalStateException("it is not at once");
            };
        }

        JsonNode responseJson() {
            return TestDoor.json(response());
        }

        @Override
        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }

        @Override
        public List<String> names() {
            return List.copyOf(headers.keySet());
        }

        @Override
        public long length() {
            return announced ? body.length : -1;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(body);
        }
    }

    /** Each role has the token of its name, such as {@code admin-token}. */
    private static final class RoleTokens implements Authenticator {
        private static Subject of(Role role) {
            return new Subject(role.name().toLowerCase(Locale.ROOT), Tenant.DEFAULT, role);
        }

        @Override
        public Optional<Subject> token(String token) {
            return Arrays.stream(Role.values())
                    .map(RoleTokens::of)
                    .filter(subject -> token.equals(subject.name() + "-token"))
                    .findFirst();
        }

        @Override
        public Optional<Subject> session(SessionId session) {
            return session.value().equals("open") ? Optional.of(of(Role.ADMIN)) : Optional.empty();
        }

        @Override
        public Optional<SessionId> login(String token) {
            return Optional.empty();
        }

        @Override
        public void logout(SessionId session) {}
    }
}
