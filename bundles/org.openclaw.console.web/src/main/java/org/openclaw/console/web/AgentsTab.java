package org.openclaw.console.web;

import jakarta.servlet.Servlet;
import java.io.Serial;
import org.apache.felix.webconsole.servlet.ServletConstants;
import org.osgi.service.component.annotations.Component;

/** The tab of agent types and agents. */
@Component(
        service = Servlet.class,
        property = {
            ServletConstants.PLUGIN_LABEL + "=" + AgentsTab.LABEL,
            ServletConstants.PLUGIN_TITLE + "=" + AgentsTab.TITLE,
            ServletConstants.PLUGIN_CATEGORY + "=OpenClaw"
        })
public final class AgentsTab extends Tab {
    static final String LABEL = "agents";
    static final String TITLE = "Agents";

    @Serial
    private static final long serialVersionUID = 1L;

    public AgentsTab() {
        super(LABEL, TITLE);
    }
}
