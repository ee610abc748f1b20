package org.openclaw.console.web;

import jakarta.servlet.Servlet;
import java.io.Serial;
import org.apache.felix.webconsole.servlet.ServletConstants;
import org.osgi.service.component.annotations.Component;

/** The tab of the files of {@code deploy/}, their verdicts, versions and publishers. */
@Component(
        service = Servlet.class,
        property = {
            ServletConstants.PLUGIN_LABEL + "=" + DeploymentsTab.LABEL,
            ServletConstants.PLUGIN_TITLE + "=" + DeploymentsTab.TITLE,
            ServletConstants.PLUGIN_CATEGORY + "=OpenClaw"
        })
public final class DeploymentsTab extends Tab {
    static final String LABEL = "deployments";
    static final String TITLE = "Bundles and trust";

    @Serial
    private static final long serialVersionUID = 1L;

    public DeploymentsTab() {
        super(LABEL, TITLE);
    }
}
