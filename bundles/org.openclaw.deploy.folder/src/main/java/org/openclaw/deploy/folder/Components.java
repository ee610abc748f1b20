package org.openclaw.deploy.folder;

import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** Tells what the components of a bundle wait for, one clause each. */
@FunctionalInterface
interface Components {
    List<String> waiting(Bundle bundle);

    static Components of(ServiceComponentRuntime runtime) {
        return bundle -> {
            var waiting = new ArrayList<String>();
            for (var component : runtime.getComponentDescriptionDTOs(bundle)) {
                var configurations = runtime.getComponentConfigurationDTOs(component);
                if (configurations.isEmpty()) {
                    waiting.add("component %s waits for its configuration %s"
                            .formatted(component.name, String.join(", ", component.configurationPid)));
                }
                configurations.forEach(configuration -> describe(component, configuration, waiting));
            }
            return waiting;
        };
    }

    private static void describe(
            ComponentDescriptionDTO component, ComponentConfigurationDTO configuration, List<String> waiting) {
        switch (configuration.state) {
            case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION ->
                waiting.add("component %s waits for its configuration %s"
                        .formatted(component.name, String.join(", ", component.configurationPid)));
            case ComponentConfigurationDTO.UNSATISFIED_REFERENCE -> {
                for (var missing : configuration.unsatisfiedReferences) {
                    for (var reference : component.references) {
                        if (reference.name.equals(missing.name)) {
                            waiting.add("component %s waits for service %s%s"
                                    .formatted(
                                            component.name,
                                            reference.interfaceName,
                                            missing.target == null ? "" : " " + missing.target));
                        }
                    }
                }
            }
            case ComponentConfigurationDTO.FAILED_ACTIVATION ->
                waiting.add("component %s failed to activate: %s"
                        .formatted(component.name, firstLine(configuration.failure)));
            default -> {
                // satisfied or active: it waits for nothing
            }
        }
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
