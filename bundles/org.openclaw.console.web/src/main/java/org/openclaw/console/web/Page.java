package org.openclaw.console.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * A page of our own, outside the console's frame: one file without any script, whose style sheet is part of it and
 * named by its digest in the content security policy, so that nothing else is loaded or run.
 */
final class Page {
    private static final String MARK = """
            <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" aria-hidden="true"><path d="M4 20C3 12 6 6 10 3"/><path d="M11 21c-1-7 1-13 4-17"/><path d="M18 20c-1-5 0-9 2-13"/></svg>""";

    private final String style;
    private final String policy;

    Page() {
        var sheet = Resource.required("page.css");
        style = sheet.text();
        policy = "default-src 'none'; style-src 'sha256-" + sheet.sha256()
                + "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    }

    /** Answers with the page. Nothing has been written to the response before. */
    void answer(HttpServletResponse response, int status, String title, String body) throws IOException {
        response.setStatus(status);
        response.setContentType("text/html;charset=utf-8");
        response.setHeader("Content-Security-Policy", policy);
        response.getWriter().write(html(title, body));
    }

    private String html(String title, String body) {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="robots" content="noindex">
                <title>%s - OpenClaw</title>
                <style>%s</style>
                </head>
                <body>
                <main>
                <p class="brand">%s<span>OpenClaw</span></p>
                %s
                </main>
                </body>
                </html>
                """.formatted(title, style, MARK, body);
    }
}
