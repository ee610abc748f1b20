package org.openclaw.console.web;

import jakarta.servlet.Servlet;
import java.io.Serial;
import org.apache.felix.webconsole.servlet.ServletConstants;
import org.osgi.service.component.annotations.Component;

/** The tab that says what runs, how it does, and what needs attention. */
@Component(
        service = Servlet.class,
        property = {
            ServletConstants.PLUGIN_LABEL + "=" + OverviewTab.LABEL,
            ServletConstants.PLUGIN_TITLE + "=" + OverviewTab.TITLE,
            ServletConstants.PLUGIN_CATEGORY + "=OpenClaw"
        })
public final class OverviewTab extends Tab {
    static final String LABEL = "overview";
    static final String TITLE = "Overview";

    @Serial
    private static final long serialVersionUID = 1L;

    public OverviewTab() {
        super(LABEL, TITLE);
    }
}
