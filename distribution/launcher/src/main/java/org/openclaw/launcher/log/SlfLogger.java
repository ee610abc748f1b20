package org.openclaw.launcher.log;

import org.osgi.service.log.FormatterLogger;
import org.osgi.service.log.LoggerConsumer;

/**
 * An OSGi logger over an slf4j one. Both write {@code {}} for an argument; {@link FormatterLogger}'s other syntax is not
 * translated, so that such a line shows its pattern and its arguments are lost from it, never the line itself.
 */
record SlfLogger(org.slf4j.Logger log) implements FormatterLogger {
    @Override
    public String getName() {
        return log.getName();
    }

    @Override
    public boolean isTraceEnabled() {
        return log.isTraceEnabled();
    }

    @Override
    public void trace(String message) {
        log.trace(message);
    }

    @Override
    public void trace(String format, Object argument) {
        log.trace(format, argument);
    }

    @Override
    public void trace(String format, Object first, Object second) {
        log.trace(format, first, second);
    }

    @Override
    public void trace(String format, Object... arguments) {
        log.trace(format, arguments);
    }

    @Override
    public <E extends Exception> void trace(LoggerConsumer<E> consumer) throws E {
        if (log.isTraceEnabled()) {
            consumer.accept(this);
        }
    }

    @Override
    public boolean isDebugEnabled() {
        return log.isDebugEnabled();
    }

    @Override
    public void debug(String message) {
        log.debug(message);
    }

    @Override
    public void debug(String format, Object argument) {
        log.debug(format, argument);
    }

    @Override
    public void debug(String format, Object first, Object second) {
        log.debug(format, first, second);
    }

    @Override
    public void debug(String format, Object... arguments) {
        log.debug(format, arguments);
    }

    @Override
    public <E extends Exception> void debug(LoggerConsumer<E> consumer) throws E {
        if (log.isDebugEnabled()) {
            consumer.accept(this);
        }
    }

    @Override
    public boolean isInfoEnabled() {
        return log.isInfoEnabled();
    }

    @Override
    public void info(String message) {
        log.info(message);
    }

    @Override
    public void info(String format, Object argument) {
        log.info(format, argument);
    }

    @Override
    public void info(String format, Object first, Object second) {
        log.info(format, first, second);
    }

    @Override
    public void info(String format, Object... arguments) {
        log.info(format, arguments);
    }

    @Override
    public <E extends Exception> void info(LoggerConsumer<E> consumer) throws E {
        if (log.isInfoEnabled()) {
            consumer.accept(this);
        }
    }

    @Override
    public boolean isWarnEnabled() {
        return log.isWarnEnabled();
    }

    @Override
    public void warn(String message) {
        log.warn(message);
    }

    @Override
    public void warn(String format, Object argument) {
        log.warn(format, argument);
    }

    @Override
    public void warn(String format, Object first, Object second) {
        log.warn(format, first, second);
    }

    @Override
    public void warn(String format, Object... arguments) {
        log.warn(format, arguments);
    }

    @Override
    public <E extends Exception> void warn(LoggerConsumer<E> consumer) throws E {
        if (log.isWarnEnabled()) {
            consumer.accept(this);
        }
    }

    @Override
    public boolean isErrorEnabled() {
        return log.isErrorEnabled();
    }

    @Override
    public void error(String message) {
        log.error(message);
    }

    @Override
    public void error(String format, Object argument) {
        log.error(format, argument);
    }

    @Override
    public void error(String format, Object first, Object second) {
        log.error(format, first, second);
    }

    @Override
    public void error(String format, Object... arguments) {
        log.error(format, arguments);
    }

    @Override
    public <E extends Exception> void error(LoggerConsumer<E> consumer) throws E {
        if (log.isErrorEnabled()) {
            consumer.accept(this);
        }
    }

    @Override
    public void audit(String message) {
        log.info(message);
    }

    @Override
    public void audit(String format, Object argument) {
        log.info(format, argument);
    }

    @Override
    public void audit(String format, Object first, Object second) {
        log.info(format, first, second);
    }

    @Override
    public void audit(String format, Object... arguments) {
        log.info(format, arguments);
    }
}
