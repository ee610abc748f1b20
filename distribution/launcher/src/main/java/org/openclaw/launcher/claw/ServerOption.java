package org.openclaw.launcher.claw;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openclaw.launcher.Home;
import org.openclaw.launcher.ShellWords;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which container a verb talks to: mixed in ({@code @Mixin}) by every verb that speaks HTTP. */
final class ServerOption {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    @Mixin
    private HomeOption home = new HomeOption();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Where the container answers. Default: as the one that runs on the home said.")
    private @Nullable String url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "The token's file. Default: conf/admin.token of the home.")
    private @Nullable Path tokenFile;

    /** Opens the way to the container; nothing is sent yet. */
    Api api() {
        return new Api(connection());
    }

    /** The options as they were typed, for another command to the same container; empty when none was. */
    String asTyped() {
        var typed = new StringBuilder(home.asTyped());
        var namedUrl = url;
        var namedToken = tokenFile;
        if (namedUrl != null) {
            typed.append(" --url ").append(ShellWords.quoted(namedUrl));
        }
        if (namedToken != null) {
            typed.append(" --token-file ").append(ShellWords.quoted(namedToken.toString()));
        }
        return typed.toString();
    }

    Home home() {
        return home.home();
    }

    /** The server that was named, if one was. */
    Optional<URI> named() {
        var namedUrl = url;
        return namedUrl == null ? Optional.empty() : Optional.of(Connection.server(namedUrl, "--url"));
    }

    private Connection connection() {
        return connection(named().orElseGet(() -> Connection.running(home.home())));
    }

    /** A server with the token to show there. */
    Connection connection(URI server) {
        var namedUrl = url;
        var namedToken = tokenFile;
        if (namedToken != null) {
            return new Connection(server, Connection.token(namedToken));
        }
        if (namedUrl != null && !onThisMachine(server)) {
            // this installation's token is none of that machine's business
            throw ClawException.misused("--url " + namedUrl + " is another machine: name the file that holds its token"
                    + " with --token-file.");
        }
        return new Connection(server, Connection.token(home.home()));
    }

    private static boolean onThisMachine(URI server) {
        return THIS_MACHINE.contains(String.valueOf(server.getHost()));
    }
}
