package org.openclaw.gateway.jetty;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Guards a server's connectors from its start to its stop: bounds their connections, and closes those that are too slow. It is a connector
 * itself, of the kind that Felix takes, only to be given the server; it connects nobody. Thread-safe.
 */
final class Guard extends ServerConnector {
    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);
    private static final long ROUND_SECONDS = 1;

    private final BooleanSupplier stops;
    private final RequestWatch requests;
    /** For the thread of the rounds. */
    private final AnswerWatch answers;

    private final Admission admission;
    private volatile boolean guards;
    private volatile Scheduler.@Nullable Task next;

    /** @param stops whether, when this stops, the server will too */
    Guard(Server server, Bounds bounds, BooleanSupplier stops) {
        super(server, 1, 1);
        this.stops = stops;
        requests = new RequestWatch(bounds.headers());
        answers = new AnswerWatch(bounds.piece());
        admission = new Admission(bounds, requests::makeRoom);
    }

    Admission admission() {
        return admission;
    }

    /** Without what starts a connector: no port is opened, no thread begins. */
    @Override
    protected void doStart() {
        for (var connector : connectors()) {
            // Felix tells of each connector where it is
            setHost(connector.getHost());
            setPort(connector.getPort());
            connector.getSelectorManager().addEventListener(admission);
            connector.getConnectedEndPoints().forEach(admission::add);
        }
        guards = true;
        schedule();
    }

    private List<ServerConnector> connectors() {
        return List.of(getServer().getConnectors()).stream()
                .filter(connector -> connector instanceof ServerConnector && !connector.equals(this))
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
    protected void doStop() {
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
    }

    /** Nobody new comes in, and whoever is in gets a 503 for what is asked from now on; requests under way go on. */
    private void closeTheDoor() {
        connectors().forEach(ServerConnector::close);
        for (var context : getServer().getDescendants(ContextHandler.class)) {
            context.setAvailable(false);
        }
    }
}
