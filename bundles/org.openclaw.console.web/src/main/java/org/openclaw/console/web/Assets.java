package org.openclaw.console.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The scripts, styles and pictures of our pages. A browser asks each time whether a file is still the same (by its
 * digest) and gets it again only when it is not: after an update of this bundle no page runs with old scripts.
 * Thread-safe.
 */
final class Assets {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*\\.(js|css|svg)");
    private static final Map<String, String> TYPES =
            Map.of("js", "text/javascript;charset=utf-8", "css", "text/css;charset=utf-8", "svg", "image/svg+xml");

    private final Map<String, Asset> read = new ConcurrentHashMap<>();

    /**
     * A file as it is answered.
     *
     * @param type its media type
     * @param tag another one whenever the content is another
     * @param content what it says
     */
    private record Asset(String type, String tag, String content) {}

    void answer(String name, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var found = find(name);
        if (found.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        var asset = found.get();
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("ETag", asset.tag());
        if (asset.tag().equals(request.getHeader("If-None-Match"))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType(asset.type());
        response.getOutputStream().write(asset.content().getBytes(StandardCharsets.UTF_8));
    }

    private Optional<Asset> find(String name) {
        var known = read.get(name);
        if (known != null || !NAME.matcher(name).matches()) {
            return Optional.ofNullable(known);
        }
        var loaded = Resource.find("/res/" + name)
                .map(file -> new Asset(type(name), '"' + file.sha256() + '"', file.text()));
        loaded.ifPresent(asset -> read.put(name, asset));
        return loaded;
    }

    private static String type(String name) {
        return TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
    }
}
