package org.openclaw.security.token;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.openclaw.message.Tenant;
import org.openclaw.security.Authenticator;
import org.openclaw.security.Role;
import org.openclaw.security.SessionId;
import org.openclaw.security.Subject;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows two subjects, {@code admin} and {@code reader}, by the tokens in {@code admin.token} and {@code reader.token} of
 * the configuration folder. A token that is replaced or removed ends its sessions with their next call.
 */
// Immediate, since a delayed component would lose its sessions whenever nobody holds the service.
@Component(immediate = true, configurationPid = TokenSettings.PID)
@Designate(ocd = TokenSettings.class)
public final class FileAuthenticator implements Authenticator {
    private static final Logger LOG = LoggerFactory.getLogger(FileAuthenticator.class);
    private static final Subject ADMIN = new Subject("admin", Tenant.DEFAULT, Role.ADMIN);
    private static final Subject READER = new Subject("reader", Tenant.DEFAULT, Role.READER);

    private final TokenFile admin;
    private final TokenFile reader;
    private final Sessions sessions;
    private final InstantSource clock;
    private final LoginThrottle throttle = new LoginThrottle();
    private final FailureLog failures = new FailureLog();

    @Activate
    public FileAuthenticator(BundleContext context, TokenSettings settings) {
        this(confFolder(context), limits(settings), InstantSource.system(), new SecureRandom());
        // Says at start what is wrong with the files, not at the first login.
        admin.secret();
        reader.secret();
    }

    FileAuthenticator(Path conf, Sessions.Limits limits, InstantSource clock, SecureRandom random) {
        this.admin = new TokenFile(conf.resolve("admin.token"), clock);
        this.reader = new TokenFile(conf.resolve("reader.token"), clock);
        this.sessions = new Sessions(limits, random);
        this.clock = clock;
    }

    private static Path confFolder(BundleContext context) {
        var conf = context.getProperty("openclaw.conf");
        if (conf == null) {
            throw new IllegalStateException("The framework property openclaw.conf is missing (expected: the absolute"
                    + " path of the folder with admin.token). The launcher sets it.");
        }
        return Path.of(conf);
    }

    private static Sessions.Limits limits(TokenSettings settings) {
        return new Sessions.Limits(
                Duration.ofMinutes(settings.session_idle_minutes()),
                Duration.ofHours(settings.session_max_hours()),
                settings.sessions_max());
    }

    @Override
    public Optional<Subject> token(String token) {
        return counted(holder(Secret.of(token)));
    }

    @Override
    public Optional<Subject> session(SessionId session) {
        // The token is asked again, so that replacing the file ends its sessions.
        return counted(sessions.use(session, clock.instant()).flatMap(this::holder));
    }

    @Override
    public Optional<SessionId> login(String token) {
        var now = clock.instant();
        if (throttle.isClosed(now)) {
            return Optional.empty();
        }
        var secret = Secret.of(token);
        var subject = holder(secret);
        if (subject.isEmpty()) {
            var pause = throttle.failed(now);
            LOG.warn("A login with a wrong token was refused; further logins are refused for {} s", pause.toSeconds());
            return Optional.empty();
        }
        throttle.succeeded();
        LOG.info("'{}' has logged in to the console", subject.get().name());
        return Optional.of(sessions.open(secret, now));
    }

    @Override
    public void logout(SessionId session) {
        sessions.close(session);
    }

    /** Asks both files in any case, so that the time tells nothing. */
    private Optional<Subject> holder(Secret secret) {
        boolean isReader = reader.secret().map(secret::equals).orElse(false);
        boolean isAdmin = admin.secret().map(secret::equals).orElse(false);
        if (isAdmin) {
            return Optional.of(ADMIN);
        }
        return isReader ? Optional.of(READER) : Optional.empty();
    }

    private Optional<Subject> counted(Optional<Subject> subject) {
        if (subject.isEmpty()) {
            failures.failed(clock.instant());
        }
        return subject;
    }
}
