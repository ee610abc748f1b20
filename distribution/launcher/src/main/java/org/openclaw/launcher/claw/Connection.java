package org.openclaw.launcher.claw;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.openclaw.launcher.Home;
import org.openclaw.launcher.JsonTree;
import tools.jackson.core.JacksonException;

/**
 * Where a container answers, and the token to show there.
 *
 * @param url of the server, without a path
 * @param token never printed
 */
record Connection(URI url, String token) {

    /** The container that runs on this home, as it said itself when it was ready. */
    static URI running(Home home) {
        try {
            var url = JsonTree.read(Files.readAllBytes(home.running()))
                    .path("url")
                    .asString("");
            return server(url, home.running().toString());
        } catch (NoSuchFileException none) {
            throw ClawException.refused(
                    "container.stopped",
                    "No container runs on " + home.folder() + " (there is no data/"
                            + home.running().getFileName()
                            + "). Start one with 'claw run', or say where it is with --home or --url.");
        } catch (IOException | JacksonException unreadable) {
            throw ClawException.refused(
                    "container.unknown",
                    "Cannot read where the container answers from " + home.running() + ": " + reason(unreadable)
                            + ". Say where it is with --url.");
        }
    }

    /**
     * Reads the address of a server.
     *
     * @param from who said so
     */
    static URI server(String text, String from) {
        try {
            var url = URI.create(text);
            var scheme = String.valueOf(url.getScheme());
            var path = url.getRawPath();
            boolean plain = path == null || path.isEmpty() || path.equals("/");
            if ((scheme.equals("http") || scheme.equals("https")) && url.getHost() != null && plain) {
                return url.resolve("/");
            }
        } catch (IllegalArgumentException malformed) {
            // said below, in the same words
        }
        throw ClawException.misused(
                from + ": '" + text + "' is no address of a server (expected: such as http://127.0.0.1:8080).");
    }

    /** The administrator's token of a home or, where only that one may be read, the reader's. */
    static String token(Home home) {
        try {
            return token(home.adminToken());
        } catch (ClawException refused) {
            if (refused.code().equals("token.denied") && Files.isReadable(home.readerToken())) {
                return token(home.readerToken());
            }
            throw refused;
        }
    }

    /** The one line of a token's file. */
    static String token(Path file) {
        try {
            var token = Files.readString(file, StandardCharsets.UTF_8).strip();
            if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
                throw ClawException.refused(
                        "token.unreadable",
                        file + " holds no token (expected: one line that begins with 'oc_'). Name the right file with"
                                + " --token-file.");
            }
            return token;
        } catch (NoSuchFileException none) {
            throw ClawException.refused(
                    "token.missing",
                    "There is no token in " + file + ". 'claw run' makes it at its first start; name another file with"
                            + " --token-file.");
        } catch (AccessDeniedException denied) {
            throw ClawException.refused(
                    "token.denied",
                    "You may not read " + file + ": only the owner of the installation may. Run claw as that user, or"
                            + " name a token's file of your own with --token-file.");
        } catch (IOException unreadable) {
            throw ClawException.refused(
                    "token.unreadable", "Cannot read the token from " + file + ": " + reason(unreadable) + ".");
        }
    }

    private static String reason(Exception thrown) {
        return thrown instanceof JacksonException json
                ? json.getOriginalMessage()
                : String.valueOf(thrown.getMessage());
    }

    /** Says nothing of the token. */
    @Override
    public String toString() {
        return url.toString();
    }
}
