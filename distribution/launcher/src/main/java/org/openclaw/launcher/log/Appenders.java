package org.openclaw.launcher.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Where our log lines go, started. Line breaks within a message are indented, so that no message can pass for another line. */
final class Appenders {
    private static final String MESSAGE = "%replace(%msg){'\\r?\\n','\\n    '}%n";
    private static final String ON_THE_TERMINAL = "%-5level " + MESSAGE + "%ex{1}";
    private static final String IN_THE_FILE =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level [%thread] %logger{36}: " + MESSAGE + "%ex";
    private static final int FILES = 10;
    private static final FileSize FILE_SIZE = new FileSize(10 * FileSize.MB_COEFFICIENT);

    private Appenders() {}

    /** Warnings, on the terminal. */
    static Appender<ILoggingEvent> terminal(LoggerContext context) {
        var warnings = new ThresholdFilter();
        warnings.setLevel(Level.WARN.toString());
        warnings.start();
        var terminal = new ConsoleAppender<ILoggingEvent>();
        terminal.setContext(context);
        terminal.setName("terminal");
        terminal.setTarget("System.err");
        terminal.setEncoder(encoder(context, ON_THE_TERMINAL));
        terminal.addFilter(warnings);
        terminal.start();
        return terminal;
    }

    /** Everything, in {@code openclaw.log} and nine older files of the same size. */
    static Appender<ILoggingEvent> file(LoggerContext context, Path logs) {
        var file = new RollingFileAppender<ILoggingEvent>();
        file.setContext(context);
        file.setName("file");
        file.setFile(logs.resolve("openclaw.log").toString());
        file.setEncoder(encoder(context, IN_THE_FILE));
        var older = new FixedWindowRollingPolicy();
        older.setContext(context);
        older.setParent(file);
        older.setFileNamePattern(logs.resolve("openclaw.%i.log").toString());
        older.setMinIndex(1);
        older.setMaxIndex(FILES - 1);
        older.start();
        file.setRollingPolicy(older);
        var full = new SizeBasedTriggeringPolicy<ILoggingEvent>();
        full.setContext(context);
        full.setMaxFileSize(FILE_SIZE);
        full.start();
        file.setTriggeringPolicy(full);
        file.start();
        return file;
    }

    private static PatternLayoutEncoder encoder(LoggerContext context, String pattern) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setPattern(pattern);
        encoder.start();
        return encoder;
    }
}
