package org.openclaw.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Path;

/**
 * Where the HTTP server will listen, as its configuration says.
 *
 * @param host an address or name of this machine
 * @param port 1-65535
 */
public record HttpAddress(String host, int port) {
    public static final String PID = "org.apache.felix.http";
    public static final String PORT = "org.osgi.service.http.port";
    public static final String HOST = "org.apache.felix.http.host";

    private static final int DEFAULT_PORT = 8080;

    /** @throws LaunchException when the port is none */
    public static HttpAddress of(Configurations configurations, Path conf) throws LaunchException {
        var host = configurations.text(PID, HOST).orElse("127.0.0.1");
        var port = configurations.text(PID, PORT).orElse(String.valueOf(DEFAULT_PORT));
        try {
            var number = Integer.parseInt(port);
            if (number > 0 && number < 65536) {
                return new HttpAddress(host, number);
            }
        } catch (NumberFormatException none) {
            // said below
        }
        throw LaunchException.setting(conf, "'" + PORT + "' is '" + port + "'", "1 to 65535");
    }

    /**
     * Looks whether the port is free, by taking it for a moment. The server itself would only log that it is not, and the
     * container would run on without a door.
     */
    public void requireFree() throws LaunchException {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (UnknownHostException unknown) {
            throw LaunchException.badHost(host, "no such host");
        } catch (IOException failed) {
            var text = String.valueOf(failed.getMessage());
            if (text.contains("assign") || text.contains("not available")) {
                throw LaunchException.badHost(host, text);
            }
            throw text.contains("ermission")
                    ? LaunchException.portForbidden(host, port)
                    : LaunchException.portTaken(host, port);
        }
    }

    /** For people and scripts on this machine. */
    public String url() {
        var name = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
        return "http://" + (name.indexOf(':') >= 0 && !name.startsWith("[") ? "[" + name + "]" : name) + ":" + port;
    }
}
