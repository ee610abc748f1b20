package org.openclaw.launcher.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * The log of a command: warnings, on the terminal. {@code claw run} replaces it by {@link RunLog}. In code, not in XML:
 * reading XML would take longer than most commands take.
 */
public final class CommandLog extends ContextAwareBase implements Configurator {
    /** Called by logback, which finds it as a service. */
    public CommandLog() {}

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(Appenders.terminal(context));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
