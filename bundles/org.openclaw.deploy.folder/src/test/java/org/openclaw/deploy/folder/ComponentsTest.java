package org.openclaw.deploy.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

final class ComponentsTest {
    private final ComponentDescriptionDTO component = new ComponentDescriptionDTO();
    private final ComponentConfigurationDTO configuration = new ComponentConfigurationDTO();
    private final Bundle bundle = proxy(Bundle.class, List.of());

    ComponentsTest() {
        component.name = "acme.Bot";
        component.configurationPid = new String[] {"acme.bot"};
        var reference = new ReferenceDTO();
        reference.name = "stock";
        reference.interfaceName = "org.openclaw.capability.Tool";
        component.references = new ReferenceDTO[] {reference};
        configuration.unsatisfiedReferences = new UnsatisfiedReferenceDTO[0];
    }

    @Test
    void namesTheServiceThatAComponentWaitsFor() {
        var missing = new UnsatisfiedReferenceDTO();
        missing.name = "stock";
        missing.target = "(capability.name=stock.reserve)";
        configuration.state = ComponentConfigurationDTO.UNSATISFIED_REFERENCE;
        configuration.unsatisfiedReferences = new UnsatisfiedReferenceDTO[] {missing};
        assertThat(waiting(List.of(configuration)))
                .containsExactly("component acme.Bot waits for service org.openclaw.capability.Tool"
                        + " (capability.name=stock.reserve)");
    }

    @Test
    void namesTheConfigurationThatAComponentWaitsFor() {
        configuration.state = ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION;
        assertThat(waiting(List.of(configuration)))
                .containsExactly("component acme.Bot waits for its configuration acme.bot");
    }

    @Test
    void namesTheConfigurationOfAComponentThatHasNone() {
        assertThat(waiting(List.of())).containsExactly("component acme.Bot waits for its configuration acme.bot");
    }

    @Test
    void saysWhyAnActivationFailed() {
        configuration.state = ComponentConfigurationDTO.FAILED_ACTIVATION;
        configuration.failure = "java.lang.IllegalStateException: no model\n\tat acme.Bot";
        assertThat(waiting(List.of(configuration)))
                .containsExactly("component acme.Bot failed to activate: java.lang.IllegalStateException: no model");
    }

    @Test
    void hasNothingToSayOfActiveComponents() {
        configuration.state = ComponentConfigurationDTO.ACTIVE;
        assertThat(waiting(List.of(configuration))).isEmpty();
    }

    private List<String> waiting(List<ComponentConfigurationDTO> configurations) {
        var runtime = Proxy.newProxyInstance(
                ServiceComponentRuntime.class.getClassLoader(),
                new Class<?>[] {ServiceComponentRuntime.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "getComponentDescriptionDTOs" -> List.of(component);
                    case "getComponentConfigurationDTOs" -> configurations;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        return Components.of((ServiceComponentRuntime) runtime).waiting(bundle);
    }

    private static <T> T proxy(Class<T> type, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> answer));
    }
}
