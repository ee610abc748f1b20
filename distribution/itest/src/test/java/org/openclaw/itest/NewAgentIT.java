package org.openclaw.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.bench.container.Container;
import org.openclaw.bench.container.Container.Ran;

/** From nothing to an agent that answers, as an author does it: a new project, its own build, deployed, changed, replaced. */
class NewAgentIT {
    @TempDir
    static Path temp;

    private static Maven maven;

    @BeforeAll
    static void setUpMaven() throws Exception {
        maven = Maven.withoutOurs();
    }

    @Test
    void aNewAgentAnswersAndIsReplacedWithItsStateKept() throws Exception {
        try (var container = Container.started(temp.resolve("home"))) {
            var project = temp.resolve("order-desk");
            done(container.claw("new", "agent", "order-desk", "--into", project.toString()));
            assertThat(done(maven.run(project, "package")))
                    .contains("Tests run: 5, Failures: 0")
                    .contains("Signed " + project.resolve("target/order-desk-0.1.0.jar") + " as 'order-desk'");
            assertThat(deploy(container, project, "0.1.0"))
                    .contains("publisher 'order-desk'", "answers  order-desk 0.1.0", "ask order-desk/one Add");
            assertThat(add(container, "call Bob")).contains("\"call Bob\"");

            edit(project.resolve("src/main/java/orderdesk/OrderDeskAgent.java"), "add.task()", "add.task() + \"!\"");
            edit(
                    project.resolve("pom.xml"),
                    "<version>0.1.0</version>\n  <name>",
                    "<version>0.2.0</version>\n  <name>");
            done(maven.run(project, "package", "-DskipTests"));
            assertThat(deploy(container, project, "0.2.0")).contains("answers  order-desk 0.2.0");
            assertThat(add(container, "buy milk")).contains("\"call Bob\"", "\"buy milk!\"");
        }
    }

    @Test
    void everyNameOfAnAgentTypeMakesAProjectThatBuildsAndIsTrusted() throws Exception {
        var home = temp.resolve("names").toString();
        var all = Files.createDirectories(temp.resolve("all"));
        var names = List.of("a", "x.y", "class", "new", "string", "a..b-", "b" + "-9".repeat(31));
        for (var name : names) {
            done(Container.claw(
                    Container.INSTALLATION,
                    "new",
                    "agent",
                    name,
                    "--into",
                    all.resolve(name).toString(),
                    "--home",
                    home));
        }
        // alone, as two that download the same at the same time get in each other's way
        buildsAndIsTrusted(all, names.getFirst(), home);
        try (var two = Executors.newFixedThreadPool(2)) {
            var builds = names.stream()
                    .skip(1)
                    .map(name -> two.submit(() -> buildsAndIsTrusted(all, name, home)))
                    .toList();
            for (var build : builds) {
                build.get();
            }
        }

        var keyless = maven.run(all.resolve("a"), "package", "-DskipTests", "-Dopenclaw.publisher=nobody");
        assertThat(keyless.exit()).isNotZero();
        assertThat(keyless.out())
                .contains("Not signed: the keys of publisher 'nobody' are not on this machine", "claw keygen nobody");
        assertThat(done(maven.run(all.resolve("a"), "package", "-DskipTests", "-Dopenclaw.sign=false")))
                .contains("Not signed: a-0.1.0.jar");
    }

    private static String buildsAndIsTrusted(Path all, String name, String home) throws Exception {
        done(maven.run(all.resolve(name), "package"));
        var jar = all.resolve(name).resolve("target").resolve(artifact(name) + "-0.1.0.jar");
        return done(Container.claw(Container.INSTALLATION, "verify", jar.toString(), "--home", home));
    }

    private static String deploy(Container container, Path project, String version) throws Exception {
        var jar = project.resolve("target/order-desk-" + version + ".jar");
        return done(container.claw("deploy", "--wait", jar.toString()));
    }

    private static String add(Container container, String task) throws Exception {
        return done(container.claw("ask", "order-desk/ada", "Add", "{\"task\":\"" + task + "\"}"));
    }

    private static String artifact(String name) {
        return name.replace("..", ".");
    }

    private static void edit(Path file, String from, String to) throws Exception {
        var text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    /** What a command printed that had to succeed. */
    private static String done(Ran ran) {
        assertThat(ran.exit()).as(ran.out()).isZero();
        return ran.out();
    }
}
