package org.openclaw.console.web;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import org.apache.felix.webconsole.servlet.AbstractServlet;
import org.apache.felix.webconsole.servlet.ServletConstants;
import org.openclaw.deploy.Deployments;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The tab that shows every file of {@code deploy/} with its verdict. It changes nothing. Thread-safe. */
@Component(
        service = Servlet.class,
        property = {
            ServletConstants.PLUGIN_LABEL + "=" + DeploymentsTab.LABEL,
            ServletConstants.PLUGIN_TITLE + "=Deployments",
            ServletConstants.PLUGIN_CATEGORY + "=OpenClaw"
        })
public final class DeploymentsTab extends AbstractServlet {
    static final String LABEL = "deployments";

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Deployments deployments;

    @Activate
    public DeploymentsTab(@Reference Deployments deployments) {
        this.deployments = deployments;
    }

    @Override
    public void renderContent(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().write(DeploymentsTable.html(deployments.files()));
    }
}
