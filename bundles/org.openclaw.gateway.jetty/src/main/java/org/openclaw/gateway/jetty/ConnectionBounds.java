package org.openclaw.gateway.jetty;

import java.time.Duration;
import org.apache.felix.http.jetty.ConnectorFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Guards the HTTP server's connections. Felix has no settings for that, but it asks whoever offers one for a further connector, and
 * gives them the server then: the connector from here connects nobody.
 */
@Component(configurationPid = "org.openclaw.gateway.jetty")
@Designate(ocd = ConnectionBounds.Settings.class)
public final class ConnectionBounds implements ConnectorFactory {
    private final Bounds bounds;
    private final BundleContext context;

    /** The settings. */
    @ObjectClassDefinition(
            name = "OpenClaw HTTP connections",
            description = "How many connections may be open, and how slow they may be.")
    @interface Settings {
        @AttributeDefinition(
                description =
                        "Connections open at a time (10 to 1000000). More make those give way that have no request under way, or are"
                                + " closed at once.",
                min = "10",
                max = "1000000")
        int connections_max() default 10_000;

        @AttributeDefinition(
                description =
                        "Connections open at a time from one address (1 to 1000000): a proxy in front is one address.",
                min = "1",
                max = "1000000")
        int connections_per_address_max() default 10_000;

        @AttributeDefinition(
                description = "Seconds that the line and the headers of a request may take (1 to 600).",
                min = "1",
                max = "600")
        int headers_max_seconds() default 10;

        @AttributeDefinition(
                description =
                        "Seconds that a client may take for one piece of an answer, as large as a buffer of the server (1 to 600).",
                min = "1",
                max = "600")
        int piece_max_seconds() default 60;
    }

    @Activate
    public ConnectionBounds(Settings settings, BundleContext context) {
        this.context = context;
        bounds = new Bounds(
                settings.connections_max(),
                settings.connections_per_address_max(),
                Duration.ofSeconds(settings.headers_max_seconds()),
                Duration.ofSeconds(settings.piece_max_seconds()));
    }

    @Override
    public Connector createConnector(Server server) {
        return new Guard(server, bounds, this::stops);
    }

    /** Whether all stops, and not this bundle alone. */
    private boolean stops() {
        var all = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
        return all != null && all.getState() == Bundle.STOPPING;
    }
}
