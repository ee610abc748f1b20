package org.openclaw.gateway.jetty;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.component.ContainerLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Guards a server's connectors from its start to its stop: bounds their connections, and closes those that are too
 * slow. It is a
 * connector itself only because Felix takes nothing else; it connects nobody. Thread-safe.
 */
final class Guard extends ContainerLifeCycle implements Connector {
    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);
    private static final long ROUND_SECONDS = 1;

    private final Server server;
    private final BooleanSupplier stops;
    private final RequestWatch requests;
    /** For the thread of the rounds. */
    private final AnswerWatch answers;

    private final Admission admission;
    private volatile boolean guards;
    private volatile Scheduler.@Nullable Task next;

    /** @param stops whether, when this stops, the server will too */
    Guard(Server server, Bounds bounds, BooleanSupplier stops) {
        this.server = server;
        this.stops = stops;
        requests = new RequestWatch(bounds.headers());
        answers = new AnswerWatch(bounds.piece());
        admission = new Admission(bounds, requests::makeRoom);
    }

    Admission admission() {
        return admission;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        for (var connector : connectors()) {
            connector.getSelectorManager().addEventListener(admission);
            connector.getConnectedEndPoints().forEach(admission::add);
        }
        guards = true;
        schedule();
    }

    private List<ServerConnector> connectors() {
        return List.of(server.getConnectors()).stream()
                .filter(ServerConnector.class::isInstance)
                .map(ServerConnector.class::cast)
                .toList();
    }

    private void schedule() {
        if (guards) {
            next = getScheduler().schedule(this::round, ROUND_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void round() {
        try {
            var all = connectors().stream()
                    .flatMap(connector -> connector.getConnectedEndPoints().stream())
                    .toList();
            requests.look(all);
            answers.look(all);
        } catch (RuntimeException broken) { // the next round may do better
            LOG.error("A look at the connections broke", broken);
        }
        schedule();
    }

    @Override
    protected void doStop() throws Exception {
        guards = false;
        var task = next;
        if (task != null) {
            task.cancel();
        }
        if (stops.getAsBoolean()) {
            closeTheDoor();
        }
        for (var connector : connectors()) {
            connector.getSelectorManager().removeEventListener(admission);
        }
        super.doStop();
    }

    /** Nobody new comes in, and whoever is in gets a 503 for what is asked from now on; requests under way go on. */
    private void closeTheDoor() {
        connectors().forEach(ServerConnector::close);
        for (var context : server.getDescendants(ContextHandler.class)) {
            context.setAvailable(false);
        }
    }

    @Override
    public Server getServer() {
        return server;
    }

    @Override
    public Executor getExecutor() {
        return server.getThreadPool();
    }

    @Override
    public Scheduler getScheduler() {
        return server.getScheduler();
    }

    @Override
    public ByteBufferPool getByteBufferPool() {
        return server.getByteBufferPool();
    }

    @Override
    public @Nullable ConnectionFactory getConnectionFactory(String protocol) {
        return null;
    }

    @Override
    public <T> @Nullable T getConnectionFactory(Class<T> type) {
        return null;
    }

    @Override
    public @Nullable ConnectionFactory getDefaultConnectionFactory() {
        return null;
    }

    @Override
    public Collection<ConnectionFactory> getConnectionFactories() {
        return List.of();
    }

    @Override
    public List<String> getProtocols() {
        return List.of();
    }

    @Override
    public long getIdleTimeout() {
        return 0;
    }

    @Override
    public Object getTransport() {
        return this;
    }

    @Override
    public Collection<EndPoint> getConnectedEndPoints() {
        return List.of();
    }

    @Override
    public String getName() {
        return "guard";
    }

    @Override
    public CompletableFuture<Void> shutdown() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public boolean isShutdown() {
        return !isRunning();
    }
}
