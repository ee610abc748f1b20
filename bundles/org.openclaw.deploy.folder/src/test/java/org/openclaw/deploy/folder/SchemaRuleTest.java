package org.openclaw.deploy.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.deploy.DeployedFile.State;

/** Bundles whose schemas break what is deployed. */
final class SchemaRuleTest {
    private static final String SKU = "{\"type\":\"object\",\"properties\":{\"sku\":{\"type\":\"string\"}}}";
    private static final String REQUIRED = SKU.replace("}}}", "}},\"required\":[\"sku\"]}");
    private static final Jar ONE = jar("1.0.0", SKU, "");
    private static final Jar BREAKING = jar("2.0.0", REQUIRED, "");
    private static final Jar MEANT = jar("2.0.0", REQUIRED, "\"compatibility\":{\"messages\":\"NONE\"},");

    @TempDir
    Path home;

    private TestContainer container;

    private static Jar jar(String version, String message, String policy) {
        return Jar.of("bot", version).withSchemas("triage", """
                {"agentType":"triage","class":"C",%s"state":{"class":"S","digest":"s","schema":{"type":"object"}},
                 "messages":[{"type":"triage.Alert","class":"M","query":false,"digest":"m","schema":%s}]}
                """.formatted(policy, message));
    }

    @BeforeEach
    void open() throws Exception {
        container = new TestContainer(home);
    }

    @AfterEach
    void close() throws Exception {
        container.close();
    }

    @Test
    void refusesABreakNamingTypeFieldRuleAndCureWhileTheGoodVersionServes() throws Exception {
        container.deploy("bot.jar", ONE);

        assertThat(container.deploy("bot.jar", BREAKING).text())
                .isEqualTo("Refused bot.jar: its agent type 'triage' does not get on with bot 1.0.0, which is deployed:"
                        + " triage.Alert at /sku: the newer version requires it, the older may leave it out (expected:"
                        + " messages compatible FULL, the state BACKWARD). triage.Alert at /sku: Make it optional, or"
                        + " give the message another type. Or say on the agent class with @SchemaCompatibility that the"
                        + " break is meant, or undeploy bot first. [schema.incompatible] Still serving: "
                        + "bot 1.0.0 (sha256 " + ONE.digest().brief() + ").");
        assertThat(container.running()).containsExactly("bot 1.0.0");
        assertThat(container.gate.installedVersions()).containsExactly("1.0.0");
    }

    @Test
    void refusesItStillAfterACrash() throws Exception {
        container.deploy("bot-1.jar", ONE);
        container.deploy("bot-2.jar", BREAKING);
        container.kill();

        container = new TestContainer(home);

        container.awaitCode("bot-2.jar", "schema.incompatible");
        container.awaitRunning("bot 1.0.0");
    }

    @Test
    void takesABreakThatTheArrivingVersionSaysIsMeant() throws Exception {
        container.deploy("bot.jar", ONE);

        assertThat(container.deploy("bot.jar", MEANT).state()).isEqualTo(State.SERVING);
    }

    @Test
    void servesABreakAgainAfterACrashOnceItServed() throws Exception {
        container.deploy("bot-1.jar", ONE);
        container.deploy("bot-2.jar", MEANT);
        container.kill();

        container = new TestContainer(home);

        container.awaitState("bot-2.jar", State.SERVING);
        container.awaitRunning("bot 2.0.0");
    }

    @Test
    void comparesBundlesOfOtherNamesThatBringTheSameType() throws Exception {
        container.deploy("bot.jar", ONE);

        var other = BREAKING.with("Bundle-SymbolicName", "robot");

        assertThat(TestContainer.code(Optional.of(container.deploy("robot.jar", other))))
                .isEqualTo("schema.incompatible");
    }

    @Test
    void servesItWhenWhatItBreaksIsUndeployed() throws Exception {
        container.deploy("bot-1.jar", ONE);
        container.deploy("bot-2.jar", BREAKING);

        container.delete("bot-1.jar");

        container.awaitState("bot-2.jar", State.SERVING);
        container.awaitRunning("bot 2.0.0");
    }

    @Test
    void servesWhatAddsSomethingOptional() throws Exception {
        container.deploy("bot.jar", ONE);

        var more = jar("2.0.0", SKU.replace("}}}", "},\"count\":{\"type\":\"integer\"}}}"), "");

        assertThat(container.deploy("bot.jar", more).state()).isEqualTo(State.SERVING);
    }

    @Test
    void refusesADescriptorThatCannotBeRead() throws Exception {
        container.deploy("bot.jar", ONE);

        var broken = jar("2.0.0", "{\"type\":7}", "");

        assertThat(container.deploy("bot.jar", broken).text())
                .contains("the schemas that it brings cannot be compared", "[schema.unreadable] Still serving");
    }
}
