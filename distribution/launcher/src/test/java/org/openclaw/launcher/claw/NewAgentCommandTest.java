package org.openclaw.launcher.claw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** claw new agent, as an author types it. */
class NewAgentCommandTest {
    @TempDir
    Path folder;

    @Test
    void writesAProjectAndSaysWhatToTypeNext() throws Exception {
        var result = claw("order-desk", "--into", into("desk"));

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(into("desk"))
                .satisfies(project -> assertThat(Path.of(project, "pom.xml"))
                        .content()
                        .contains("<artifactId>order-desk</artifactId>", "<groupId>orderdesk</groupId>")
                        .contains("<openclaw.home>" + home() + "</openclaw.home>"));
        assertThat(result.out().lines().toList())
                .contains("  cd " + into("desk"), "  mvn package")
                .anyMatch(line -> line.endsWith("bin/claw deploy --wait target/order-desk-0.1.0.jar --home " + home()))
                .anyMatch(line ->
                        line.endsWith("bin/claw ask order-desk/ada Add '{\"task\":\"call Bob\"}' --home " + home()));
    }

    @Test
    void makesAPublisherThatMayBringThisProjectAlone() throws Exception {
        var result = claw("order-desk", "--into", into("desk"));

        assertThat(result.out()).contains("Publisher 'order-desk' is new", home() + "/conf/keys/order-desk");
        assertThat(home().resolve("conf/keys/order-desk/classical.key.pem")).exists();
        var entry = publisher("order-desk");
        assertThat(names(entry, "bundles")).containsExactly("order-desk");
        assertThat(names(entry, "agents")).containsExactly("order-desk");
        assertThat(names(entry, "capabilities")).containsExactly("order-desk.*");
        assertThat(entry.path("placement").asString()).isEqualTo("in-process");
        assertThat(entry.path("system").asBoolean()).isFalse();
    }

    @Test
    void usesAPublisherAgainAndLetsItBringTheNewProjectToo() throws Exception {
        assertThat(claw("first", "--into", into("first"), "--publisher", "acme").exit())
                .isZero();
        var key = Files.readAllBytes(home().resolve("conf/keys/acme/classical.key.pem"));
        var result = claw("second", "--into", into("second"), "--publisher", "acme");

        assertThat(result.out()).contains("it may bring the bundle second and the agent type second besides");
        assertThat(names(publisher("acme"), "agents")).containsExactly("first", "second");
        assertThat(home().resolve("conf/keys/acme/classical.key.pem")).hasBinaryContent(key);
    }

    @Test
    void leavesAPublisherThatMayAlreadyAsItIs() throws Exception {
        assertThat(ClientFixture.typed("keygen", "acme", "--bundles", "*", "--home", home().toString())
                        .exit())
                .isZero();
        var before = publisher("acme");
        var result = claw("desk", "--into", into("desk"), "--publisher", "acme");

        assertThat(result.out()).contains("Publisher 'acme' signs it.\n");
        assertThat(publisher("acme")).isEqualTo(before);
    }

    @Test
    void refusesAPublisherWhoseKeysAreElsewhere() throws Exception {
        assertThat(claw("first", "--into", into("first"), "--publisher", "acme").exit())
                .isZero();
        Files.move(home().resolve("conf/keys/acme"), folder.resolve("vault"));
        var result = claw("second", "--into", into("second"), "--publisher", "acme");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("its keys are not in", "Nothing was written");
        assertThat(Path.of(into("second"))).doesNotExist();
    }

    @Test
    void refusesAPublisherThatIsTrustedNoMore() throws Exception {
        assertThat(claw("first", "--into", into("first"), "--publisher", "acme").exit())
                .isZero();
        assertThat(ClientFixture.typed("trust", "remove", "acme", "--home", home().toString())
                        .exit())
                .isZero();
        var result = claw("second", "--into", into("second"), "--publisher", "acme");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("trusted no more");
    }

    @Test
    void refusesAFolderThatIsNotEmpty() throws Exception {
        Files.writeString(Files.createDirectories(folder.resolve("desk")).resolve("notes.txt"), "mine");
        var result = claw("order-desk", "--into", into("desk"), "--json");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(json(result.out()).path("code").asString()).isEqualTo("folder.taken");
        assertThat(json(result.out()).path("detail").asString()).contains("it holds notes.txt", "--into DIR");
        assertThat(home().resolve("conf/keys")).doesNotExist();
    }

    @Test
    void takesAFolderThatIsThereAndEmpty() throws Exception {
        Files.createDirectories(folder.resolve("desk"));

        assertThat(claw("order-desk", "--into", into("desk")).exit()).isZero();
    }

    @Test
    void aNameThatIsNoneIsMisuse() {
        var result = claw("Order_Desk", "--into", into("desk"));

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("'Order_Desk' is no name of an agent type", "'order-desk' would do");
    }

    @Test
    void aPackageThatIsNoneIsMisuse() {
        var result = claw("order-desk", "--package", "com.class", "--into", into("desk"));

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("--package 'com.class' is no name of a Java package");
    }

    @Test
    void printsTheSameAsJson() throws Exception {
        var json = json(claw("order-desk", "--package", "com.acme", "--into", into("desk"), "--json")
                .out());

        assertThat(json.path("folder").asString()).isEqualTo(into("desk"));
        assertThat(json.path("package").asString()).isEqualTo("com.acme");
        assertThat(json.path("publisherIs").asString()).isEqualTo("made");
        assertThat(names(json, "files")).contains("pom.xml", "src/main/java/com/acme/OrderDeskAgent.java");
        assertThat(names(json, "next")).hasSize(5).contains("mvn package");
    }

    @Test
    void explainsItself() {
        assertThat(ClientFixture.typed("new", "agent", "--help").out())
                .contains("Usage: claw new agent", "--publisher");
        assertThat(ClientFixture.typed("new").exit()).isEqualTo(2);
    }

    private ClientFixture.Result claw(String... arguments) {
        var all = new ArrayList<>(List.of("new", "agent"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--home", home().toString()));
        return ClientFixture.typed(all.toArray(String[]::new));
    }

    private Path home() {
        return folder.resolve("home");
    }

    private String into(String name) {
        return folder.resolve(name).toString();
    }

    private JsonNode publisher(String name) throws IOException {
        return json(Files.readString(home().resolve("conf/trust/publishers/" + name + ".json")));
    }

    private static JsonNode json(String text) {
        return new JsonMapper().readTree(text);
    }

    private static List<String> names(JsonNode json, String field) {
        return json.path(field).valueStream().map(JsonNode::asString).toList();
    }
}
