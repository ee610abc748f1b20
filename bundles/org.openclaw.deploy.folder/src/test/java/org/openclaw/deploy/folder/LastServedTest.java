package org.openclaw.deploy.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openclaw.deploy.Digest;

final class LastServedTest {
    private static final Digest SOME = Digest.of(new byte[] {1});

    @TempDir
    Path data;

    @ParameterizedTest
    @ValueSource(strings = {"bot.jar", "böt 1.jar", "q\"uo\\te.jar", "\u732b.jar", "a:b,{}.jar"})
    void remembersAcrossRestarts(String name) {
        var memory = LastServed.ofFiles(file());
        memory.served(name, SOME);
        memory.save();
        assertThat(LastServed.ofFiles(file()).of(name)).contains(SOME);
    }

    @Test
    void forgetsFilesThatAreGone() {
        var memory = LastServed.ofFiles(file());
        memory.served("a.jar", SOME);
        memory.served("b.jar", SOME);
        memory.retain(List.of("b.jar"));
        memory.save();
        assertThat(LastServed.ofFiles(file()).of("a.jar")).isEmpty();
        assertThat(LastServed.ofFiles(file()).of("b.jar")).contains(SOME);
    }

    @Test
    void writesThroughNoLink() throws Exception {
        var elsewhere = Files.writeString(data.resolve("elsewhere"), "precious");
        Files.createSymbolicLink(data.resolve("." + file().getFileName() + ".part"), elsewhere);
        var memory = LastServed.ofFiles(file());
        memory.served("a.jar", SOME);
        memory.save();
        assertThat(elsewhere).hasContent("precious");
        assertThat(LastServed.ofFiles(file()).of("a.jar")).contains(SOME);
    }

    @Test
    void leavesNoHalfWrittenFileBeside() throws Exception {
        var memory = LastServed.ofFiles(file());
        memory.served("a.jar", SOME);
        memory.save();
        try (var files = Files.list(data)) {
            assertThat(files).containsExactly(file());
        }
    }

    @Test
    void everyCutOfTheFileIsNoticed() throws Exception {
        var memory = LastServed.ofFiles(file());
        memory.served("a.jar", SOME);
        memory.served("b.jar", SOME);
        memory.save();
        var whole = Files.readString(file()).strip();
        for (var length = 0; length < whole.length(); length++) {
            Files.writeString(file(), whole.substring(0, length), StandardCharsets.UTF_8);
            assertThat(LastServed.ofFiles(file()).all()).as("cut at %d", length).isEmpty();
        }
    }

    @Test
    void saysWhenItCannotBeWritten() throws Exception {
        var memory = LastServed.ofFiles(data.resolve("missing").resolve("deployments.json"));
        memory.served("a.jar", SOME);
        assertThat(memory.save()).isFalse();
    }

    private Path file() {
        return data.resolve("deployments.json");
    }
}
