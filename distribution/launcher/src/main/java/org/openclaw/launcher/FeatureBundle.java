package org.openclaw.launcher;

import java.util.List;

/**
 * One bundle of a feature.
 *
 * @param id Maven coordinates: {@code group:artifact:version}, or {@code group:artifact:type:classifier:version}
 * @param startLevel when it starts
 * @param deployed whether the build lays it into {@code deploy/}, signed, instead of making it part of the system
 */
public record FeatureBundle(String id, int startLevel, boolean deployed) {
    /** Its name within {@code bundles/}. */
    public String fileName() {
        var parts = parts();
        var classifier = parts.size() == 5 ? "-" + parts.get(3) : "";
        return "%s-%s%s.jar".formatted(parts.get(1), parts.getLast(), classifier);
    }

    /** Its path within a Maven repository. */
    public String repositoryPath() {
        var parts = parts();
        return "%s/%s/%s/%s".formatted(parts.get(0).replace('.', '/'), parts.get(1), parts.getLast(), fileName());
    }

    private List<String> parts() {
        return List.of(id.split(":"));
    }
}
