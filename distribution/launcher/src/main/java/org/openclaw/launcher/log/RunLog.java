package org.openclaw.launcher.log;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** Turns logging from that of a command (warnings, on the terminal) to that of a container (a rotated file). */
public final class RunLog {
    private RunLog() {}

    /**
     * Begins to write {@code logs/openclaw.log}.
     *
     * @param own the operator's {@code logback.xml}, which wins over ours where it exists
     */
    public static void begin(Path logs, Path own) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return; // a test that brought another logger
        }
        context.reset();
        context.putProperty("openclaw.logs", logs.toString());
        var configurator = new JoranConfigurator();
        configurator.setContext(context);
        try {
            configurator.doConfigure(configuration(own));
        } catch (JoranException failed) {
            throw new IllegalArgumentException(
                    own + ": " + failed.getMessage() + " (expected: a logback configuration)", failed);
        }
    }

    /** Writes out what is buffered and closes the file. */
    public static void end() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.stop();
        }
    }

    private static URL configuration(Path own) {
        try {
            if (Files.isRegularFile(own)) {
                return own.toUri().toURL();
            }
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException("a file has a URL", impossible);
        }
        var ours = RunLog.class.getResource("run-logback.xml");
        if (ours == null) {
            throw new IllegalStateException("run-logback.xml is missing from the launcher's jar");
        }
        return ours;
    }
}
