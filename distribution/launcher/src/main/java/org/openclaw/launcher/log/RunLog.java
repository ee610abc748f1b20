package org.openclaw.launcher.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
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
        if (Files.isRegularFile(own)) {
            configure(context, logs, own);
            return;
        }
        context.getLogger("org.eclipse.jetty").setLevel(Level.WARN);
        // it warns, with a stack trace, of each client that is cut while it takes an answer: that is for the client to
        // know
        context.getLogger("org.eclipse.jetty.io.AbstractConnection").setLevel(Level.ERROR);
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(Appenders.file(context, logs));
        root.addAppender(Appenders.terminal(context));
    }

    private static void configure(LoggerContext context, Path logs, Path own) {
        context.putProperty("openclaw.logs", logs.toString());
        var configurator = new JoranConfigurator();
        configurator.setContext(context);
        try {
            configurator.doConfigure(own.toFile());
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
}
