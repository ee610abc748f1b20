package org.openclaw.gateway.http;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.Agents;
import org.openclaw.deploy.Deployments;
import org.openclaw.message.MessageBus;
import org.openclaw.security.Authenticator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** {@code /healthz} and {@code /readyz}: need no token, and answer whatever else is missing. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({"/healthz", "/readyz"})
public final class ProbeServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

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
    private transient volatile @Nullable Deployments deployments;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private transient volatile @Nullable Authenticator authenticator;

    private final transient List<Route> routes;

    @Activate
    public ProbeServlet() {
        var readiness = new Readiness(
                List.of(
                        new Part<>("the message bus", () -> Optional.ofNullable(bus)),
                        new Part<>("the agent runtime", () -> Optional.ofNullable(agents)),
                        new Part<>("the authenticator", () -> Optional.ofNullable(authenticator))),
                new Part<>("the drop folder", () -> Optional.ofNullable(deployments)));
        routes = Probes.of(readiness);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        var exchange = new Exchange(request, response);
        var route = request.getRequestURI().startsWith("/healthz") ? routes.getFirst() : routes.getLast();
        exchange.answer(Probes.answer(route, exchange.request()));
    }
}
