package org.openclaw.console.web;

import jakarta.servlet.Servlet;
import java.io.Serial;
import org.apache.felix.webconsole.servlet.ServletConstants;
import org.osgi.service.component.annotations.Component;

/** The tab of the capabilities that agents use. */
@Component(
        service = Servlet.class,
        property = {
            ServletConstants.PLUGIN_LABEL + "=" + CapabilitiesTab.LABEL,
            ServletConstants.PLUGIN_TITLE + "=" + CapabilitiesTab.TITLE,
            ServletConstants.PLUGIN_CATEGORY + "=OpenClaw"
        })
public final class CapabilitiesTab extends Tab {
    static final String LABEL = "capabilities";
    static final String TITLE = "Capabilities";

    @Serial
    private static final long serialVersionUID = 1L;

    public CapabilitiesTab() {
        super(LABEL, TITLE);
    }
}
