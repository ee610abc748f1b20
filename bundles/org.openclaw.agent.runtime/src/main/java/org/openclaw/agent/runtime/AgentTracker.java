package org.openclaw.agent.runtime;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.Agent;
import org.openclaw.agent.runtime.engine.Engine;
import org.openclaw.agent.runtime.type.AgentVersion;
import org.openclaw.schema.SchemaRegistry;
import org.openclaw.schema.Schemas;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes agent services into the engine when they are registered, and out of it when they go. Both happen on the thread that
 * registers or unregisters: when the registration returns the version serves, and an unregistration returns when the turns
 * in flight on the version have ended, so that stopping a bundle drains it. Turns of a revoked bundle are not waited for: they are interrupted and do not count.
 */
final class AgentTracker extends ServiceTracker<Agent<?, ?>, AgentVersion> {
    private static final Logger LOG = LoggerFactory.getLogger(AgentTracker.class);
    private static final String TYPE = "agent.type";

    private final Engine engine;
    private final Schemas schemas;
    private final SchemaRegistry registry;
    private final Predicate<Bundle> revoked;

    /**
     * @param registry keeps the schemas of every version that comes
     * @param revoked whether a bundle may run no more; called by the threads that unregister
     */
    AgentTracker(
            BundleContext context, Engine engine, Schemas schemas, SchemaRegistry registry, Predicate<Bundle> revoked)
            throws InvalidSyntaxException {
        super(
                context,
                FrameworkUtil.createFilter(
                        "(&(" + Constants.OBJECTCLASS + "=" + Agent.class.getName() + ")(" + TYPE + "=*))"),
                null);
        this.engine = engine;
        this.schemas = schemas;
        this.registry = registry;
        this.revoked = revoked;
    }

    @Override
    public @Nullable AgentVersion addingService(ServiceReference<Agent<?, ?>> reference) {
        var bundle = reference.getBundle();
        var type = String.valueOf(reference.getProperty(TYPE));
        if (bundle == null || revoked.test(bundle)) {
            return null;
        }
        var agent = Optional.<Agent<?, ?>>ofNullable(context.getService(reference));
        try {
            var version = AgentVersion.bind(
                            DeclaredTypes.read(bundle, type),
                            agent.orElseThrow(() -> new IllegalArgumentException(
                                    "its component does not start. The log before this line says why; mend it, and deploy it"
                                            + " again.")),
                            bundle::loadClass,
                            Ranks.of(reference))
                    .checkedBy(schemas);
            // before its first turn: no state of it may lie there whose schema nobody has
            registry.keep(version.descriptor().schemas(), version.version());
            engine.add(version);
            LOG.info(
                    "Agent type '{}' {} of {} is here; {} serves.",
                    type,
                    version.version(),
                    bundle.getSymbolicName(),
                    engine.serving(type).orElse("nothing"));
            return version;
        } catch (RuntimeException | LinkageError | StackOverflowError refused) {
            agent.ifPresent(_ -> context.ungetService(reference));
            LOG.warn(
                    "Refused the agent type '{}' of {} {}: {}",
                    type,
                    bundle.getSymbolicName(),
                    bundle.getVersion(),
                    refused.getMessage());
            return null;
        }
    }

    /**
     * Takes out what is revoked, without waiting until its services go: a bundle whose activator does not return from its
     * stop would keep them. Returns at once; interrupting what is in flight takes a moment.
     */
    void withdrawRevoked() {
        var references = Optional.ofNullable(getServiceReferences());
        references.stream()
                .flatMap(Arrays::stream)
                .filter(reference -> reference.getBundle() != null && revoked.test(reference.getBundle()))
                .forEach(reference -> Thread.ofPlatform()
                        .daemon()
                        .name("openclaw-revoked-" + reference.getProperty(TYPE))
                        .start(() -> remove(reference)));
    }

    @Override
    public void modifiedService(ServiceReference<Agent<?, ?>> reference, AgentVersion version) {
        // name and version of a type are those of its bundle, and never change
    }

    @Override
    public void removedService(ServiceReference<Agent<?, ?>> reference, AgentVersion version) {
        try {
            // asked for now: the reference forgets its bundle when the service has gone
            var bundle = reference.getBundle();
            var drained = engine.remove(version, () -> bundle != null && revoked.test(bundle));
            LOG.info(
                    "Agent type '{}' {} is gone{}; {} serves.",
                    version.type(),
                    version.version(),
                    drained ? "" : " before all its turns had ended",
                    engine.serving(version.type()).orElse("nothing"));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            LOG.warn("Did not wait for the turns in flight on {}: interrupted.", version);
        } finally {
            context.ungetService(reference);
        }
    }
}
