package org.openclaw.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleRevision;

/** Installs the bundles of the enabled features, in place: nobody else's are here, and none starts before their digests have been checked. */
final class SystemBundles {
    private final BundleContext context;
    private final Path folder;

    SystemBundles(BundleContext context, Path folder) {
        this.context = context;
        this.folder = folder;
    }

    /** Installs them and marks them for their start level; a bundle of two features is installed once. */
    List<Bundle> install(Installation installation, List<Feature> features) throws LaunchException, BundleException {
        var wanted = new LinkedHashMap<String, FeatureBundle>();
        for (var feature : features) {
            feature.bundles().stream()
                    .filter(bundle -> !bundle.deployed())
                    .forEach(bundle -> wanted.putIfAbsent(bundle.fileName(), bundle));
        }
        var bundles = new ArrayList<Bundle>();
        for (var entry : wanted.values()) {
            var jar = folder.resolve(entry.fileName());
            if (!Files.isRegularFile(jar)) {
                throw LaunchException.incomplete(installation.folder(), "bundles/" + entry.fileName());
            }
            bundles.add(install(jar, entry.startLevel()));
        }
        return List.copyOf(bundles);
    }

    private Bundle install(Path jar, int startLevel) throws BundleException {
        // said before, it is stored with the bundle; said after, it is stored once more
        context.getBundle().adapt(FrameworkStartLevel.class).setInitialBundleStartLevel(startLevel);
        var bundle = context.installBundle("reference:" + jar.toUri().toASCIIString());
        if ((bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) == 0) {
            bundle.start(Bundle.START_ACTIVATION_POLICY);
        }
        return bundle;
    }
}
