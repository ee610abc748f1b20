package org.openclaw.launcher.claw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** The scripts, sourced in real shells. */
class CompletionCommandTest {
    private final Path folder;

    CompletionCommandTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("more jars"));
        for (var name : List.of("bot one.jar", "bot-2.jar", "notes.txt")) {
            Files.createFile(folder.resolve(name));
        }
        for (var shell : List.of("bash", "zsh")) {
            Files.writeString(
                    folder.resolve("claw." + shell),
                    ClientFixture.typed("completion", shell).out() + "\n");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "claw sta| status",
                "'claw trust '| add,list,remove",
                "claw --bogus trust r| remove",
                "claw status --w| --watch",
                "claw status --home x --j| --json",
                "'claw completion '| bash,zsh",
                "'claw keygen --algorithm '| ed25519,ec",
                "claw keygen --algorithm = e| ed25519,ec",
                "claw verify bot| bot one.jar,bot-2.jar",
                "'claw deploy --wait '| bot one.jar,bot-2.jar,more jars",
                "'claw status --home '| more jars",
                "claw verify --trust m| more jars",
                "claw trust add n| notes.txt",
                "'claw ask '| ''",
                "claw nonsense x| ''"
            })
    void completesInBash(String typed, String completions) throws Exception {
        var words = typed.split(" ", -1);
        var script =
                "source ./claw.bash; COMP_WORDS=(%s); COMP_CWORD=%d; _claw; printf '%%s\\n' \"${COMPREPLY[@]}\" | sort"
                        .formatted(
                                Arrays.stream(words)
                                        .map(word -> "'" + word + "'")
                                        .collect(Collectors.joining(" ")),
                                words.length - 1);

        var expected = completions.equals("")
                ? List.of("")
                : Arrays.stream(completions.split(",")).sorted().toList();
        assertThat(shell("bash", "--norc", "-c", script).lines().toList())
                .isEqualTo(expected.equals(List.of("")) ? List.of("") : expected);
    }

    @Test
    void registersItselfInBash() throws Exception {
        assertThat(shell("bash", "--norc", "-c", "source ./claw.bash && complete -p claw"))
                .isEqualTo("complete -F _claw claw\n");
    }

    @ParameterizedTest
    @CsvSource({
        "claw stat, claw status",
        "claw trust l, claw trust list",
        "claw status --js, claw status --json",
        "claw keygen --algorithm ed, claw keygen --algorithm ed25519",
        "claw completion b, claw completion bash",
        "claw verify bot-, claw verify bot-2.jar",
        "claw status --home mo, 'claw status --home more\\ jars/'"
    })
    void completesInZsh(String typed, String completed) throws Exception {
        assumeThat(Path.of("/usr/bin/zsh")).exists();
        // within a pseudo-terminal, as somebody who types sees it
        Files.writeString(folder.resolve("type.zsh"), """
                zmodload zsh/zpty
                zpty shell zsh -f -i
                say() { zpty -w shell "$1" }
                say 'PS1=; autoload -Uz compinit; compinit -D -u; source ./claw.zsh'
                say 'completed() { zle complete-word; print -r -- "<$BUFFER>"; BUFFER=; zle accept-line }'
                say 'zle -N completed; bindkey "^I" completed; echo begin""ning'
                zpty -r shell out '*beginning*'
                zpty -n -w shell "$1"$'\t'
                zpty -r shell out '*\\<claw*\\>*'
                print -r -- "claw${${out##*\\<claw}%%\\>*}"
                zpty -d shell
                """);

        assertThat(shell("zsh", "-f", "type.zsh", typed).strip()).isEqualTo(completed);
    }

    @Test
    void printsTheScriptAsJson() {
        var json = new JsonMapper()
                .readTree(ClientFixture.typed("completion", "zsh", "--json").out());

        assertThat(json.path("script").asString("")).startsWith("#compdef claw");
    }

    private String shell(String... command) throws Exception {
        var output = folder.resolve("output").toFile();
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return Files.readString(output.toPath());
    }
}
