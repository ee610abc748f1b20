package org.openclaw.launcher.log;

import org.apache.felix.framework.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The framework's own log, led to slf4j. */
public final class FrameworkLog extends Logger {
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger("org.apache.felix.framework");

    @Override
    protected void doLog(int level, String text, @Nullable Throwable thrown) {
        switch (level) {
            case LOG_ERROR -> LOG.error(text, thrown);
            case LOG_WARNING -> LOG.warn(text, thrown);
            case LOG_INFO -> LOG.info(text, thrown);
            default -> LOG.debug(text, thrown);
        }
    }
}
