package org.openclaw.deploy.folder;

import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.openclaw.deploy.Verdict.Refused;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts and stops bundles, each on a thread of its own: an activator may hang, and stopping an agent waits for its
 * turns in flight; neither may keep the keeper from stopping a revoked bundle. They are platform threads because a
 * spinning activator would starve virtual ones.
 */
final class Lifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    private final BundleContext context;
    private final Components components;
    private final Duration patience;
    private final Time time;
    private final Consumer<Outcome> outcomes;

    Lifecycle(BundleContext context, Components components, Duration patience, Time time, Consumer<Outcome> outcomes) {
        this.context = context;
        this.components = components;
        this.patience = patience;
        this.time = time;
        this.outcomes = outcomes;
    }

    /** What has become of a bundle. */
    sealed interface Outcome {
        Resident resident();

        /** It serves. */
        record Up(Resident resident) implements Outcome {}

        /** It did not come up and is uninstalled again. */
        record Failed(Resident resident, Refused refused) implements Outcome {}

        /** It is stopped and uninstalled. */
        record Down(Resident resident) implements Outcome {}
    }

    /** Starts it and waits until it serves; uninstalls it when that fails. */
    void up(Resident resident) {
        var verdict = resident.verdict();
        run("start", resident, () -> outcomes.accept(start(resident, verdict.subject())));
    }

    /** Stops and uninstalls it. */
    void down(Resident resident) {
        run("stop", resident, () -> {
            remove(resident.bundle());
            outcomes.accept(new Outcome.Down(resident));
        });
    }

    /** Stops and uninstalls what is left of an earlier activation and trusted no more; nobody waits for it. */
    void discard(Bundle bundle) {
        thread("discard-" + bundle.getSymbolicName()).start(() -> remove(bundle));
    }

    private static void run(String verb, Resident resident, Runnable work) {
        var artifact = resident.artifact();
        resident.workedOnBy(
                thread(verb + "-" + artifact.name() + "-" + artifact.version()).start(work));
    }

    private static Thread.Builder thread(String name) {
        return Thread.ofPlatform().daemon().name("openclaw-deploy-" + name);
    }

    private Outcome start(Resident resident, String subject) {
        var bundle = resident.bundle();
        var artifact = resident.artifact();
        var agents = resident.verdict().agents();
        Refused refused;
        try (var readiness = new Readiness(context, bundle, agents, time)) {
            bundle.start(Bundle.START_ACTIVATION_POLICY);
            if (readiness.await(patience)) {
                return new Outcome.Up(resident);
            }
            refused = Readiness.isActive(bundle)
                    ? Refusals.unsatisfied(
                            subject, artifact, Readiness.missing(bundle, agents), components.waiting(bundle), patience)
                    : Refusals.notActive(subject, artifact, patience);
        } catch (BundleException failure) {
            refused = failure.getType() == BundleException.RESOLVE_ERROR
                    ? new Unresolved(bundle, context.getBundles()).explain(subject, artifact, failure)
                    : Refusals.notStarted(subject, artifact, failure);
        } catch (InterruptedException abandoned) {
            // the keeper no longer wants it; nobody reads why
            refused = Refusals.notStarted(subject, artifact, abandoned);
        } catch (RuntimeException | LinkageError failure) {
            refused = Refusals.notStarted(subject, artifact, failure);
        }
        // an interrupt was meant for the start; it must not cut short how the bundle is stopped
        var wasInterrupted = Thread.interrupted();
        LOG.debug("{} did not come up (interrupted: {}): {}", bundle, wasInterrupted, refused.code());
        remove(bundle);
        return new Outcome.Failed(resident, refused);
    }

    private void remove(Bundle bundle) {
        try {
            bundle.stop(Bundle.STOP_TRANSIENT);
        } catch (BundleException failure) {
            LOG.warn("{} did not stop cleanly: {}. It is uninstalled all the same.", bundle, Refusals.root(failure));
        } catch (IllegalStateException gone) {
            return;
        }
        try {
            bundle.uninstall();
            release(bundle);
        } catch (BundleException failure) {
            LOG.warn("{} could not be uninstalled: {}", bundle, Refusals.root(failure));
        } catch (IllegalStateException gone) {
            LOG.debug("{} was gone already", bundle);
        }
    }

    /**
     * Lets go of the classes of uninstalled bundles, but only where no bundle that still runs is wired to them: to
     * refresh those would restart bundles that nobody touched. They are let go with a later retirement.
     */
    private void release(Bundle removed) {
        var wiring = context.getBundle(0).adapt(FrameworkWiring.class);
        for (var pending : wiring.getRemovalPendingBundles()) {
            var closure = wiring.getDependencyClosure(Set.of(pending));
            if (closure.stream().allMatch(bundle -> bundle.getState() == Bundle.UNINSTALLED)) {
                wiring.refreshBundles(closure);
            } else if (pending.equals(removed)) {
                LOG.info("{} is uninstalled; its classes stay until the bundles wired to it are replaced", pending);
            }
        }
    }
}
