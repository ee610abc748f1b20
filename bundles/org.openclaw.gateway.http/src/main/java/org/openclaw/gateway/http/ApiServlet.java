package org.openclaw.gateway.http;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.AgentEvents;
import org.openclaw.agent.Agents;
import org.openclaw.agent.DeadLetters;
import org.openclaw.agent.Previews;
import org.openclaw.agent.Waits;
import org.openclaw.capability.Capabilities;
import org.openclaw.deploy.Deployments;
import org.openclaw.deploy.Trust;
import org.openclaw.message.MessageBus;
import org.openclaw.message.Topics;
import org.openclaw.schema.SchemaRegistry;
import org.openclaw.security.Authenticator;
import org.openclaw.security.OriginPolicy;
import org.openclaw.store.Checkpoints;
import org.openclaw.telemetry.NodeHealth;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything under {@code /v1}, and {@code /openapi.json}. Without an authenticator there is no door; what lies behind it may come and
 * go, and is answered with 503 while it is away.
 */
@Component(service = Servlet.class, configurationPid = "org.openclaw.gateway.http")
@HttpWhiteboardServletPattern({"/v1/*", OpenApi.PATH})
@HttpWhiteboardServletAsyncSupported
@Designate(ocd = GatewaySettings.class)
public final class ApiServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(ApiServlet.class);
    private static final long MOST_UNTAKEN = 64L << 20;
    /** For requests under way, when this stops. */
    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    private final transient Door door;
    private final transient Cors cors;
    private final transient LargeAnswers large;
    private final transient UnderWay underWay = new UnderWay();
    private final transient Semaphore requests;
    private final transient Semaphore bodies;
    private final transient PreferredWaits preferred;
    private final transient EventStreams streams;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private transient volatile @Nullable MessageBus bus;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private transient volatile @Nullable Agents agents;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private transient volatile @Nullable AgentEvents events;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private transient volatile @Nullable Previews previews;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private transient volatile @Nullable DeadLetters deadLetters;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private transient volatile @Nullable Waits waits;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private transient volatile @Nullable Topics topics;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private transient volatile @Nullable Capabilities capabilities;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private transient volatile @Nullable SchemaRegistry schemas;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private transient volatile @Nullable Deployments deployments;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private transient volatile @Nullable Trust trust;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private transient volatile @Nullable Checkpoints checkpoints;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private transient volatile @Nullable NodeHealth health;

    @Activate
    public ApiServlet(
            @Reference Authenticator authenticator, @Reference OriginPolicy origins, GatewaySettings settings) {
        var bus = new Part<>("The message bus", () -> Optional.ofNullable(this.bus));
        var agents = new Part<>("The agent runtime", () -> Optional.ofNullable(this.agents));
        var events = new Part<>("The agent runtime", () -> Optional.ofNullable(this.events));
        var previews = new Part<>("The agent runtime", () -> Optional.ofNullable(this.previews));
        var deadLetters = new Part<>("The agent runtime", () -> Optional.ofNullable(this.deadLetters));
        var waits = new Part<>("The agent runtime", () -> Optional.ofNullable(this.waits));
        var topics = new Part<>("The agent runtime", () -> Optional.ofNullable(this.topics));
        var capabilities = new Part<>("The agent runtime", () -> Optional.ofNullable(this.capabilities));
        var schemas = new Part<>("The registry of schemas", () -> Optional.ofNullable(this.schemas));
        var deployments = new Part<>("The drop folder", () -> Optional.ofNullable(this.deployments));
        var trust = new Part<>("The trust store", () -> Optional.ofNullable(this.trust));
        var checkpoints = new Part<>("The store of checkpoints", () -> Optional.ofNullable(this.checkpoints));
        var health = new Part<>("The health of the node", () -> Optional.ofNullable(this.health));
        var bounds = Bounds.of(settings);
        this.cors = Cors.of(settings.cors_origins());
        this.large =
                new LargeAnswers(Math.min(MOST_UNTAKEN, Runtime.getRuntime().maxMemory() / 8), bounds.answer());
        this.door = new Door(
                new Access(authenticator, origins, cors),
                Routes.of(
                        bus,
                        agents,
                        events,
                        previews,
                        deadLetters,
                        waits,
                        topics,
                        capabilities,
                        schemas,
                        deployments,
                        trust,
                        checkpoints,
                        health,
                        bounds,
                        InstantSource.system(),
                        () -> UUID.randomUUID().toString()));
        this.requests = new Semaphore(bounds.requests());
        this.bodies = new Semaphore(bounds.bodies());
        this.preferred = new PreferredWaits(bounds.waits());
        this.streams = new EventStreams(bounds.streams(), new ThreadLoop("openclaw-event-streams"));
    }

    ApiServlet(Door door, Bounds bounds, Cors cors, EventStreams streams) {
        this.cors = cors;
        this.large =
                new LargeAnswers(Math.min(MOST_UNTAKEN, Runtime.getRuntime().maxMemory() / 8), bounds.answer());
        this.door = door;
        this.requests = new Semaphore(bounds.requests());
        this.bodies = new Semaphore(bounds.bodies());
        this.preferred = new PreferredWaits(bounds.waits());
        this.streams = streams;
    }

    @Override
    protected void service(HttpServletRequest servletRequest, HttpServletResponse servletResponse) {
        var exchange = new Exchange(servletRequest, servletResponse, cors, large, bodies);
        if (!underWay.enter()) {
            exchange.answer(Problem.unavailable("The HTTP API").response());
            return;
        }
        try {
            serve(exchange);
        } finally {
            underWay.leave(servletRequest);
        }
    }

    private void serve(Exchange exchange) {
        if (!requests.tryAcquire()) {
            exchange.answer(Problem.of(
                            503,
                            "gateway.full",
                            "As many requests as may be (requests.max) are worked on. Try again in a second.")
                    .retryAfter(Duration.ofSeconds(1))
                    .response());
            return;
        }
        try {
            var request = exchange.request();
            answer(exchange, request, () -> door.answer(request));
        } finally {
            requests.release();
        }
    }

    private void answer(Exchange exchange, Request request, Supplier<Answer> what) {
        try {
            answer(exchange, request, what.get());
        } catch (RuntimeException broken) {
            LOG.error("{} {} broke", request.method(), request.path(), broken);
            exchange.answer(Problem.of(500, "internal", "Something broke here. The log has the details.")
                    .response());
        }
    }

    private void answer(Exchange exchange, Request request, Answer answer) {
        switch (answer) {
            case Answer.Now now -> exchange.answer(now.response());
            case Answer.After after ->
                exchange.after(after.before(), () -> answer(exchange, request, () -> door.answer(after.next())));
            case Answer.Later later -> exchange.answer(preferred.await(later));
            case Answer.Stream stream -> {
                var asker = request.credentials();
                streams.open(stream.feed(), exchange::stream, () -> door.knows(asker, stream.reader()))
                        .ifPresent(full -> exchange.answer(full.response()));
            }
        }
    }

    /** Sends everybody home who still waits, and lets those end who are being answered. */
    @Deactivate
    void close() {
        underWay.close();
        preferred.close();
        streams.close();
        if (!underWay.await(LONGEST_END)) {
            LOG.info("Some requests were not over {} s after the end began", LONGEST_END.toSeconds());
        }
    }
}
