package org.openclaw.console.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import org.apache.felix.webconsole.servlet.AbstractServlet;
import org.apache.felix.webconsole.servlet.User;
import org.openclaw.security.Subject;

/**
 * One of our own tabs: a whole page instead of the console's standard template, and the files that it loads. What the
 * page shows and does goes through the HTTP API with the session of whoever looks at it. Thread-safe.
 */
abstract class Tab extends AbstractServlet {
    /** Where the console says which tabs there are. */
    private static final String TABS = "felix.webconsole.labelMap.categorized";

    @Serial
    private static final long serialVersionUID = 1L;

    private final String label;
    private final String title;
    private final transient Assets assets;

    Tab(String label, String title) {
        this.label = label;
        this.title = title;
        this.assets = new Assets();
    }

    final String label() {
        return label;
    }

    final String title() {
        return title;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        var path = request.getPathInfo();
        var place = "/" + label;
        if (path != null && path.startsWith(place + "/res/")) {
            assets.answer(path.substring((place + "/res/").length()), request, response);
        } else if (place.equals(path)) {
            page(request, response);
        } else {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    private void page(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var page = Frame.html(this, StandardTabs.of(request.getAttribute(TABS)), subject(request));
        response.setContentType("text/html;charset=utf-8");
        response.setHeader("Content-Security-Policy", Frame.POLICY);
        // as bytes: what is written as text, the console searches for variables to replace
        response.getOutputStream().write(page.getBytes(StandardCharsets.UTF_8));
    }

    /** Who asks: the guard let nobody else through. */
    private static Subject subject(HttpServletRequest request) {
        if (request.getAttribute(User.USER_ATTRIBUTE) instanceof User user
                && user.getUserObject() instanceof Subject subject) {
            return subject;
        }
        throw new IllegalStateException("a request to the console came past its guard");
    }
}
