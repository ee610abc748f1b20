package org.openclaw.launcher.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openclaw.launcher.Home;
import org.openclaw.launcher.Installation;
import org.openclaw.launcher.Release;

class AgentProjectTest {
    private static final Path TEMPLATE = Path.of("../../bundles/org.openclaw.example.errands/src");

    @TempDir
    Path folder;

    @Test
    void writesEverySourceOfTheTemplate() throws Exception {
        var written = project("errands", "org.acme", folder).write(folder);

        assertThat(written.stream().map(Path::toString).filter(file -> file.endsWith(".java")))
                .containsExactlyInAnyOrderElementsOf(templates());
    }

    @ParameterizedTest
    @ValueSource(strings = {"order-desk", "my-errands", "myerrands"})
    void leavesNothingOfTheTemplateBehind(String name) throws Exception {
        var written = project(name, "com.errands", folder).write(folder);

        var own = List.of("com.errands", name, new AgentName(name).classPrefix());
        assertThat(written).allSatisfy(file -> {
            var text = Files.readString(folder.resolve(file));
            for (var word : own) {
                text = text.replace(word, "");
            }
            assertThat(text)
                    .doesNotContainIgnoringCase("errands")
                    .doesNotContain("@artifact@", "@version@", "@installation@", "@home@", "@publisher@");
        });
    }

    @Test
    void namesClassesPackagesAndTypeAfterTheAgent() throws Exception {
        project("order-desk", "com.acme", folder).write(folder);

        assertThat(folder.resolve("src/main/java/com/acme/OrderDeskAgent.java"))
                .content()
                .startsWith("package com.acme;")
                .contains("@AgentType(\"order-desk\")")
                .contains("public final class OrderDeskAgent implements Agent<OrderDeskMessage, OrderDeskState>");
        assertThat(folder.resolve("src/test/java/com/acme/OrderDeskAgentTest.java"))
                .content()
                .contains("\"order-desk/ada\"");
    }

    @Test
    void bringsTheParentOfItsVersionAlong() throws Exception {
        project("desk", "desk", folder).write(folder);

        assertThat(folder.resolve(".mvn/openclaw-plugin-" + Release.version() + ".pom"))
                .hasSameTextualContentAs(Path.of("../../bnd/plugin/pom.xml"));
    }

    @Test
    void namesTheInstallationOnceWhenItIsTheHomeToo() throws Exception {
        project("desk", "desk", Path.of("/opt/a & b")).write(folder);

        assertThat(folder.resolve("pom.xml"))
                .content()
                .contains("<openclaw.installation>/opt/a &amp; b</openclaw.installation>")
                .contains("<openclaw.home>${openclaw.installation}</openclaw.home>")
                .containsOnlyOnce("/opt/a");
    }

    @Test
    void overwritesNothing() throws Exception {
        Files.writeString(folder.resolve("pom.xml"), "mine");

        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> project("desk", "desk", folder).write(folder));
        assertThat(folder.resolve("pom.xml")).hasContent("mine");
    }

    private static AgentProject project(String name, String javaPackage, Path home) {
        return new AgentProject(
                new AgentName(name), new JavaPackage(javaPackage), "acme", new Installation(home), new Home(home));
    }

    /** The files of the template as a project of the same name has them. */
    private static List<String> templates() throws Exception {
        try (var files = Files.walk(TEMPLATE)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> TEMPLATE.resolveSibling(".").relativize(file).toString())
                    .map(file -> file.replace("../", "").replace("org/openclaw/example/errands", "org/acme"))
                    .collect(Collectors.toList());
        }
    }
}
