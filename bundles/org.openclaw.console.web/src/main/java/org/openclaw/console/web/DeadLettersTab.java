package org.openclaw.console.web;

import jakarta.servlet.Servlet;
import java.io.Serial;
import org.apache.felix.webconsole.servlet.ServletConstants;
import org.osgi.service.component.annotations.Component;

/** The tab of the messages that were set aside. */
@Component(
        service = Servlet.class,
        property = {
            ServletConstants.PLUGIN_LABEL + "=" + DeadLettersTab.LABEL,
            ServletConstants.PLUGIN_TITLE + "=" + DeadLettersTab.TITLE,
            ServletConstants.PLUGIN_CATEGORY + "=OpenClaw"
        })
public final class DeadLettersTab extends Tab {
    static final String LABEL = "dead-letters";
    static final String TITLE = "Dead letters";

    @Serial
    private static final long serialVersionUID = 1L;

    public DeadLettersTab() {
        super(LABEL, TITLE);
    }
}
