package org.openclaw.security.token;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
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
 * Knows one subject of each role, by the token in a file of the configuration folder that has the role's name, such as
 * {@code admin.token}. A token that is new counts at once; one that is replaced or removed counts for {@value #TRUSTED_MILLIS} ms more at
 * most, and so do its sessions: to look at the files for each of thousands of calls in a second would take longer than most of those.
 */
// Immediate, since a delayed component would lose its sessions whenever nobody holds the service.
@Component(immediate = true, configurationPid = TokenSettings.PID)
@Designate(ocd = TokenSettings.class)
public final class FileAuthenticator implements Authenticator {
    private static final Logger LOG = LoggerFactory.getLogger(FileAuthenticator.class);
    private static final int TRUSTED_MILLIS = 100;

    private final List<Holder> holders;
    private final AtomicReference<Instant> lookedAt = new AtomicReference<>(Instant.MIN);
    private final Sessions sessions;
    private final InstantSource clock;
    private final LoginThrottle throttle = new LoginThrottle();
    private final FailureLog failures = new FailureLog();

    /** Whoever holds the token of a file. */
    private record Holder(Subject subject, TokenFile file) {}

    @Activate
    public FileAuthenticator(BundleContext context, TokenSettings settings) {
        this(confFolder(context), limits(settings), InstantSource.system(), new SecureRandom());
        // Says at start what is wrong with the files, not at the first login.
        look();
    }

    FileAuthenticator(Path conf, Sessions.Limits limits, InstantSource clock, SecureRandom random) {
        this.holders = Arrays.stream(Role.values())
                .map(role -> holder(conf, role, clock))
                .toList();
        this.sessions = new Sessions(limits, random);
        this.clock = clock;
    }

    private static Holder holder(Path conf, Role role, InstantSource clock) {
        var name = role.name().toLowerCase(Locale.ROOT);
        return new Holder(new Subject(name, Tenant.DEFAULT, role), new TokenFile(conf.resolve(name + ".token"), clock));
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

    private Optional<Subject> holder(Secret secret) {
        var known = isLookDue() ? Optional.<Subject>empty() : known(secret);
        if (known.isPresent()) {
            return known;
        }
        look(); // for one that is not known, too: it may have come just now
        return known(secret);
    }

    /** Whether the files may have changed since somebody looked; of those who ask at a time one is told so. */
    private boolean isLookDue() {
        var last = lookedAt.get();
        var now = clock.instant();
        boolean lately = !now.isBefore(last) && now.isBefore(last.plusMillis(TRUSTED_MILLIS));
        return !lately && lookedAt.compareAndSet(last, now);
    }

    private void look() {
        holders.forEach(holder -> holder.file().look());
    }

    /** Asks all files in any case, so that the time tells nothing. One token in two files has the greater of the roles. */
    private Optional<Subject> known(Secret secret) {
        var found = Optional.<Subject>empty();
        for (var holder : holders) {
            boolean holds = holder.file().secret().map(secret::equals).orElse(false);
            found = holds ? Optional.of(holder.subject()) : found;
        }
        return found;
    }

    private Optional<Subject> counted(Optional<Subject> subject) {
        if (subject.isEmpty()) {
            failures.failed(clock.instant());
        }
        return subject;
    }
}
