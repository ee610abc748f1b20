package org.openclaw.schema.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with an agent class is said at the line that has to change. */
final class AgentRefusalsTest {
    private static final String PARTS = """
            package shop;
            final class Parts {
                record State(boolean open) {}
                record Ping(String text) {}
                record Box<T>(T content) {}
                static final class Letter {}
                interface Open {}
                sealed interface Mixed {}
                record Good() implements Mixed {}
                static final class Bad implements Mixed {}
                sealed interface Twice {}
                record One() implements Twice {}
                static final class Inner { record One() implements Twice {} }
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void refusesAClassThatIsNoAgent() {
        assertThat(errors("""
                package shop;
                @org.openclaw.agent.AgentType("order")
                final class Plain {}
                """))
                .containsExactly("Plain.java:3: shop.Plain carries @AgentType but does not implement Agent<M, S>"
                        + " (expected: M a sealed interface of records or one record, S a record).");
    }

    @Test
    void refusesAnAbstractClass() {
        assertThat(errors(agent("abstract", "Parts.Ping", "Parts.State", "")))
                .containsExactly(
                        "Bot.java:6: shop.Bot: an agent type is a concrete class that implements Agent<M, S>.");
    }

    @Test
    void refusesANameThatIsNoAddress() {
        assertThat(errors(agent("final", "Parts.Ping", "Parts.State", "").replace("\"bot\"", "\"Bot_1\"")))
                .singleElement()
                .asString()
                .startsWith("Bot.java:6: shop.Bot: agent type 'Bot_1' (expected: a lower-case letter,");
    }

    @Test
    void refusesAFieldThatCanChange() {
        assertThat(errors(agent("final", "Parts.Ping", "Parts.State", "private int count;")))
                .singleElement()
                .asString()
                .startsWith("Bot.java:7: shop.Bot.count can change: an agent class keeps no fields but what was"
                        + " injected");
    }

    @Test
    void refusesAStaticFieldThatCanChange() {
        assertThat(errors(agent("final", "Parts.Ping", "Parts.State", "static int count;")))
                .singleElement()
                .asString()
                .startsWith("Bot.java:7: shop.Bot.count can change");
    }

    @Test
    void refusesAFieldThatCanChangeInASuperclass() {
        String base = """
                package shop;
                class Base { int count; }
                """;
        assertThat(errors(
                        base,
                        agent("final", "Parts.Ping", "Parts.State", "")
                                .replace("Bot implements", "Bot extends Base implements")))
                .singleElement()
                .asString()
                .startsWith("Bot.java:6: shop.Base.count can change");
    }

    @Test
    void refusesAStateThatIsNoRecord() {
        assertThat(errors(agent("final", "Parts.Ping", "Parts.Letter", "")))
                .containsExactly("Bot.java:6: shop.Bot: its state shop.Parts.Letter is not a record.");
    }

    @Test
    void refusesAMessageThatIsNoRecord() {
        assertThat(errors(agent("final", "Parts.Letter", "Parts.State", "")))
                .containsExactly("Bot.java:6: shop.Bot: the message type shop.Parts.Letter is neither a record nor a"
                        + " sealed interface of records.");
    }

    @Test
    void refusesAMessageInterfaceThatIsNotSealed() {
        assertThat(errors(agent("final", "Parts.Open", "Parts.State", "")))
                .singleElement()
                .asString()
                .startsWith("Bot.java:6: shop.Bot: the message type shop.Parts.Open is neither");
    }

    @Test
    void refusesAClassAmongTheRecordsOfASealedInterface() {
        assertThat(errors(agent("final", "Parts.Mixed", "Parts.State", "")))
                .containsExactly("Parts.java:10: shop.Parts.Mixed: the message type shop.Parts.Bad is neither a record"
                        + " nor a sealed interface of records.");
    }

    @Test
    void refusesTwoRecordsOfOneMessageType() {
        assertThat(errors(agent("final", "Parts.Twice", "Parts.State", "")))
                .containsExactly("Parts.java:13: shop.Parts.One and shop.Parts.Inner.One are both the message type"
                        + " 'bot.One' (expected: one record for each). Rename one, or name its type with"
                        + " @MessageType.");
    }

    @Test
    void refusesTwoClassesOfOneAgentType() {
        String one = agent("final", "Parts.Ping", "Parts.State", "");

        assertThat(errors(one, one.replace("class Bot", "class Again")))
                .containsExactly("Again.java:6: shop.Bot and shop.Again are both the agent type 'bot' (expected: one"
                        + " class for each type).");
    }

    @Test
    void asksForTheAnnotationThatMakesTheCapability() {
        assertThat(Compilation.without(
                                "osgi.annotation", folder, PARTS, agent("final", "Parts.Ping", "Parts.State", ""))
                        .errors())
                .containsExactly("Bot.java:6: shop.Bot: org.osgi.annotation.bundle.Capability is not on the class path,"
                        + " so its bundle could not declare the agent type. Add org.osgi:osgi.annotation as a provided"
                        + " dependency.");
    }

    @Test
    void writesNothingForAnAgentWithErrors() {
        Compilation compiled = Compilation.of(folder, PARTS, agent("final", "Parts.Letter", "Parts.State", ""));

        assertThat(compiled.output()).isEmptyDirectory();
    }

    private List<String> errors(String... sources) {
        String[] all = Stream.concat(Stream.of(PARTS), Stream.of(sources)).toArray(String[]::new);
        return Compilation.of(folder, all).errors();
    }

    private static String agent(String modifier, String message, String state, String member) {
        return """
                package shop;
                import org.openclaw.agent.*;
                import org.openclaw.message.Address;

                @AgentType("bot")
                %s class Bot implements Agent<%s, %s> {
                    %s
                    @Override public %s initial(Address self) { throw new AssertionError(); }
                    @Override public %s handle(%s message, %s state, Turn turn) { return state; }
                }
                """.formatted(modifier, message, state, member, state, state, message, state);
    }
}
