package org.openclaw.launcher.claw;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What holds for every verb that there is, and that there will be. */
class CommandTreeTest {
    static Stream<CommandSpec> verbs() {
        var all = new ArrayList<CommandSpec>();
        collect(ClawCommand.commandLine(), all);
        // picocli's own 'help' explains the others
        return all.stream().filter(spec -> !spec.helpCommand());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("verbs")
    void everyVerbSaysWhatItDoes(CommandSpec verb) {
        assertThat(verb.usageMessage().description()).isNotEmpty();
        assertThat(verb.usageMessage().description()[0]).matches("[A-Z].*[.:]");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("verbs")
    void everyVerbHasHelpAndJson(CommandSpec verb) {
        assertThat(verb.findOption("--help")).isNotNull();
        assertThat(verb.findOption("--help").usageHelp()).isTrue();
        if (verb.parent() != null) {
            assertThat(verb.findOption("--json")).isNotNull();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("verbs")
    void everyOptionAndArgumentIsExplained(CommandSpec verb) {
        assertThat(verb.args()).allSatisfy(argument -> {
            assertThat(argument.description()).as(argument.toString()).isNotEmpty();
            assertThat(argument.paramLabel()).as(argument.toString()).matches("[A-Z]*|<.*>.*");
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("verbs")
    void everyHelpIsPrinted(CommandSpec verb) {
        var words = new ArrayList<String>(List.of(verb.qualifiedName().split(" ")));
        words.removeFirst();
        words.add("--help");
        var result = ClientFixture.typed(words.toArray(String[]::new));

        assertThat(result.exit()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).startsWith("Usage: " + verb.qualifiedName());
    }

    @Test
    void theHelpListsEveryVerbOnceThatIsForPeople() {
        var lines = ClientFixture.typed("--help").out().lines().toList();

        assertThat(ClawCommand.commandLine().getSubcommands())
                .allSatisfy((verb, line) -> assertThat(lines)
                        .filteredOn(each -> each.startsWith("  " + verb + " "))
                        .hasSize(line.getCommandSpec().usageMessage().hidden() ? 0 : 1));
    }

    @Test
    void theHelpPutsAVerbThatIsInNoGroupAtTheEnd() {
        var line = ClawCommand.commandLine();
        line.addSubcommand("juggle", CommandSpec.create().name("juggle"));
        var lines = line.getUsageMessage().lines().toList();

        assertThat(lines.indexOf("  juggle"))
                .isGreaterThan(lines.indexOf("More"))
                .isPositive();
    }

    private static void collect(CommandLine line, List<CommandSpec> all) {
        all.add(line.getCommandSpec());
        line.getSubcommands().values().forEach(sub -> collect(sub, all));
    }
}
