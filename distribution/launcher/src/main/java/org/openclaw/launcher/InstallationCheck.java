package org.openclaw.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;
import org.openclaw.deploy.Verdict;
import org.openclaw.deploy.trust.DigestList;
import org.openclaw.deploy.trust.TrustStore;

/**
 * Checks that what is about to be started is what was released: one signed list of digests over the scripts, the class path,
 * the features and the system bundles, by a publisher that the operator lets be part of the system. It takes a tenth of what
 * verifying each system bundle's own signature would, and that on a thread of its own, while the framework is made ready:
 * nothing of a bundle runs before {@link #require} has returned.
 *
 * <p>The class path runs already, and cannot vouch for itself: it is compared by {@link #complete}, when nobody waits any
 * more, so that half an upgrade or a failing disk is found by its name.
 */
final class InstallationCheck {
    private static final String CLASS_PATH = "lib/";

    private final Installation installation;
    private final Path trust;
    private final InstantSource clock;
    private final FutureTask<Optional<Verdict.Refused>> bundles;

    private InstallationCheck(Installation installation, Path trust, InstantSource clock) {
        this.installation = installation;
        this.trust = trust;
        this.clock = clock;
        this.bundles = new FutureTask<>(() -> compare(path -> !path.startsWith(CLASS_PATH)));
    }

    /** Begins to check. */
    static InstallationCheck begin(Installation installation, Path trust, InstantSource clock) {
        var check = new InstallationCheck(installation, trust, clock);
        Thread.ofPlatform().daemon().name("openclaw-digests").start(check.bundles);
        return check;
    }

    private Optional<Verdict.Refused> compare(Predicate<String> hashed) throws IOException {
        return DigestList.check(
                installation.folder(), installation.digests(), TrustStore.load(trust), clock.instant(), hashed);
    }

    /**
     * Waits for what is known of everything but the class path.
     *
     * @throws LaunchException when a file is missing, changed or not on the list, or its signer is not trusted
     */
    void require() throws LaunchException {
        try {
            refuse(bundles.get());
        } catch (ExecutionException failed) {
            throw new IllegalStateException("the installation could not be checked", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the installation was checked", interrupted);
        }
    }

    /**
     * Does what {@link #require} does, and compares the class path too.
     *
     * @throws LaunchException as {@link #require} does
     */
    void complete() throws IOException, LaunchException {
        require();
        refuse(compare(path -> path.startsWith(CLASS_PATH)));
    }

    private static void refuse(Optional<Verdict.Refused> wrong) throws LaunchException {
        if (wrong.isPresent()) {
            throw LaunchException.changed(wrong.get());
        }
    }
}
