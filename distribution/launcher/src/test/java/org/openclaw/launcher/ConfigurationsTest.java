package org.openclaw.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ConfigurationsTest {
    @TempDir
    private Path conf;

    private final Configurations configurations = new Configurations(new JsonFiles());

    @BeforeEach
    void feature() throws LaunchException {
        var resource = (ObjectNode)
                new JsonMapper()
                        .readTree(
                                "{\"server\": {\"port:Integer\": 8080, \"host\": \"127.0.0.1\"}, \"other\": {\"on:Boolean\": true}}");
        configurations.overlay(Path.of("features/gateway.json"), resource);
    }

    @Test
    void anOperatorsJsonFileWinsPropertyByProperty() throws Exception {
        Files.writeString(
                conf.resolve("server.json"), "{\":configurator:resource-version\": 1, \"server\": {\"port\": 9090}}");

        configurations.overlayFiles(conf);

        assertThat(configurations.text("server", "port")).contains("9090");
        assertThat(configurations.text("server", "host")).contains("127.0.0.1");
    }

    @Test
    void anOperatorsPropertiesFileIsNamedAfterItsPid() throws Exception {
        Files.writeString(conf.resolve("server.cfg"), "port = 9091\n");

        configurations.overlayFiles(conf);

        assertThat(configurations.text("server", "port")).contains("9091");
    }

    @Test
    void aPropertyIsOneWhateverItsTypeAndCase() {
        configurations.set("server", "Port", 9092);

        assertThat(configurations.resource()).contains("\"Port:Integer\":9092").doesNotContain("8080");
    }

    @Test
    void theContainersOwnSettingsAreNoConfiguration() throws Exception {
        Files.writeString(conf.resolve("openclaw.json"), "{\"features\": [\"core\"]}");

        configurations.overlayFiles(conf);

        assertThat(configurations.resource()).doesNotContain("features");
    }

    @Test
    void aDamagedFileIsNamedWithTheLine() throws Exception {
        Files.writeString(conf.resolve("server.json"), "{\n\"server\": {\n");

        assertThatExceptionOfType(LaunchException.class)
                .isThrownBy(() -> configurations.overlayFiles(conf))
                .withMessageContaining("server.json")
                .withMessageContaining("in line")
                .withMessageContaining("expected: valid JSON");
    }
}
