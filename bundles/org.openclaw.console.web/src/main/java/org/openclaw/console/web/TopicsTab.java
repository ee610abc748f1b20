package org.openclaw.console.web;

import jakarta.servlet.Servlet;
import java.io.Serial;
import org.apache.felix.webconsole.servlet.ServletConstants;
import org.osgi.service.component.annotations.Component;

/** The tab of topics: what is published, and who has subscribed. */
@Component(
        service = Servlet.class,
        property = {
            ServletConstants.PLUGIN_LABEL + "=" + TopicsTab.LABEL,
            ServletConstants.PLUGIN_TITLE + "=" + TopicsTab.TITLE,
            ServletConstants.PLUGIN_CATEGORY + "=OpenClaw"
        })
public final class TopicsTab extends Tab {
    static final String LABEL = "topics";
    static final String TITLE = "Topics";

    @Serial
    private static final long serialVersionUID = 1L;

    public TopicsTab() {
        super(LABEL, TITLE);
    }
}
