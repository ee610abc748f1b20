package org.openclaw.image.assembly;

import com.google.cloud.tools.jib.api.buildplan.ContainerBuildPlan;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FileEntry;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.maven.extension.JibMavenPluginExtension;
import com.google.cloud.tools.jib.maven.extension.MavenData;
import com.google.cloud.tools.jib.plugins.extension.ExtensionLogger;
import com.google.cloud.tools.jib.plugins.extension.JibPluginExtensionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What jib has no setting for: the folders that the container writes belong to its user, and files have the modes that they
 * have in the layer's folder, so that what can be executed there can be in the image. The application's class path, which jib
 * adds by itself, is left out: there is none.
 */
public final class Owners implements JibMavenPluginExtension<Void> {
    private static final List<String> WRITTEN = List.of("/tmp", "/var/lib/openclaw/");
    private static final String CLASS_PATH = "/app";

    @Override
    public Optional<Class<Void>> getExtraConfigType() {
        return Optional.empty();
    }

    @Override
    public ContainerBuildPlan extendContainerBuildPlan(
            ContainerBuildPlan plan,
            Map<String, String> properties,
            Optional<Void> configuration,
            MavenData maven,
            ExtensionLogger logger)
            throws JibPluginExtensionException {
        var user = plan.getUser();
        if (user == null) {
            throw new JibPluginExtensionException(
                    Owners.class, "The image has no user (expected: container.user of jib).");
        }
        var layers = new ArrayList<FileEntriesLayer>();
        try {
            for (var layer : plan.getLayers()) {
                var files = (FileEntriesLayer) layer;
                var entries = new ArrayList<FileEntry>();
                for (var entry : files.getEntries()) {
                    if (!entry.getExtractionPath().toString().startsWith(CLASS_PATH)) {
                        entries.add(owned(entry, user));
                    }
                }
                if (!entries.isEmpty()) {
                    layers.add(files.toBuilder().setEntries(entries).build());
                }
            }
        } catch (IOException unreadable) {
            throw new JibPluginExtensionException(Owners.class, unreadable.toString(), unreadable);
        }
        return plan.toBuilder().setLayers(layers).build();
    }

    private static FileEntry owned(FileEntry entry, String user) throws IOException {
        var path = entry.getExtractionPath().toString();
        var permissions = EnumSet.copyOf(Files.getPosixFilePermissions(entry.getSourceFile()));
        permissions.remove(PosixFilePermission.GROUP_WRITE);
        permissions.remove(PosixFilePermission.OTHERS_WRITE);
        return new FileEntry(
                entry.getSourceFile(),
                entry.getExtractionPath(),
                FilePermissions.fromPosixFilePermissions(permissions),
                entry.getModificationTime(),
                WRITTEN.stream().anyMatch(path::startsWith) ? user : "");
    }
}
