package org.openclaw.launcher.claw;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openclaw.launcher.Container;
import org.openclaw.launcher.Release;

/** The one screen that a container prints when it is ready: where it is, how to log in, what to do next. Never a token. */
record Screen(Container container, Optional<String> missing) {
    String text() {
        var home = container.home();
        var lines = new ArrayList<String>();
        lines.add("");
        lines.add(missing.map(why -> "OpenClaw %s runs, but is not ready: %s".formatted(Release.version(), why))
                .orElse("OpenClaw %s is ready.".formatted(Release.version())));
        lines.add("");
        container.url().ifPresent(url -> {
            lines.add("  API       " + url + "/v1");
            lines.add("  Console   " + url + "/system/console");
            lines.add("  Log in    with the token in " + home.adminToken() + (container.firstStart() ? " (new)" : ""));
            lines.add("            'claw token' prints it");
            lines.add("            " + home.readerToken() + " may look, and change nothing");
        });
        lines.add("  Deploy    drop signed bundles into " + home.deploy());
        container.url().ifPresent(url -> lines.addAll(attempt(url)));
        lines.add("  Stop      Ctrl-C, or: claw stop");
        if (container.firstStart()) {
            lines.add("");
            lines.add("This is the first start: the tokens have just been made, there is no default password.");
        }
        return String.join(System.lineSeparator(), lines);
    }

    private List<String> attempt(String url) {
        var token = "'" + container.home().adminToken().toString().replace("'", "'\\''") + "'";
        return List.of("  Try       curl -H \"Authorization: Bearer $(cat %s)\" %s/v1/bundles".formatted(token, url));
    }

    Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("version", Release.version());
        fields.put("ready", missing.isEmpty());
        missing.ifPresent(why -> fields.put("missing", why));
        container.url().ifPresent(url -> fields.put("url", url));
        fields.put("home", container.home().folder().toString());
        fields.put("tokenFile", container.home().adminToken().toString());
        fields.put("deploy", container.home().deploy().toString());
        fields.put("messages", "durable");
        return fields;
    }
}
