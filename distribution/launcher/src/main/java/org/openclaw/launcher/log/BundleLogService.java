package org.openclaw.launcher.log;

import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.FormatterLogger;
import org.osgi.service.log.LogService;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;

/**
 * The OSGi Log Service of the system bundle: SCR, Configuration Admin and others that log through it write to slf4j under
 * the name of their bundle. There is no log reader: the log is a file.
 *
 * <p>Made for one bundle each; thread-safe.
 */
public final class BundleLogService implements LogService {
    private final org.slf4j.Logger log;

    private BundleLogService(Bundle user) {
        this.log = org.slf4j.LoggerFactory.getLogger(String.valueOf(user.getSymbolicName()));
    }

    /** What to register under {@link LogService} and {@link LoggerFactory}. */
    public static org.osgi.framework.ServiceFactory<LogService> factory() {
        return new org.osgi.framework.ServiceFactory<>() {
            @Override
            public LogService getService(Bundle user, org.osgi.framework.ServiceRegistration<LogService> registration) {
                return new BundleLogService(user);
            }

            @Override
            public void ungetService(
                    Bundle user, org.osgi.framework.ServiceRegistration<LogService> registration, LogService service) {
                // nothing is held for a bundle
            }
        };
    }

    @Override
    @Deprecated
    public void log(int level, String message) {
        log(level, message, null);
    }

    @Override
    @Deprecated
    public void log(int level, String message, @Nullable Throwable thrown) {
        switch (level) {
            case LOG_ERROR -> log.error(message, thrown);
            case LOG_WARNING -> log.warn(message, thrown);
            case LOG_INFO -> log.info(message, thrown);
            default -> log.debug(message, thrown);
        }
    }

    @Override
    @Deprecated
    public void log(@Nullable ServiceReference<?> about, int level, String message) {
        log(about, level, message, null);
    }

    @Override
    @Deprecated
    public void log(@Nullable ServiceReference<?> about, int level, String message, @Nullable Throwable thrown) {
        log(level, about == null ? message : message + " " + about, thrown);
    }

    @Override
    public Logger getLogger(String name) {
        return new SlfLogger(named(name));
    }

    @Override
    public Logger getLogger(Class<?> type) {
        return getLogger(type.getName());
    }

    @Override
    public <L extends Logger> L getLogger(String name, Class<L> type) {
        if (type == Logger.class || type == FormatterLogger.class) {
            return type.cast(new SlfLogger(named(name)));
        }
        throw new IllegalArgumentException("type: " + type.getName() + " (expected: Logger or FormatterLogger)");
    }

    @Override
    public <L extends Logger> L getLogger(Class<?> named, Class<L> type) {
        return getLogger(named.getName(), type);
    }

    @Override
    public <L extends Logger> L getLogger(Bundle bundle, String name, Class<L> type) {
        return getLogger(name, type);
    }

    /** A bundle that logs under the name of all is shown under its own. */
    private org.slf4j.Logger named(String name) {
        return name.equals(Logger.ROOT_LOGGER_NAME) ? log : org.slf4j.LoggerFactory.getLogger(name);
    }
}
