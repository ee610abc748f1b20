package org.openclaw.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellWordsTest {
    @TempDir
    Path folder;

    @Test
    void quotesWhatAShellWouldTakeApart() {
        assertThat(ShellWords.quoted("/opt/openclaw-0.1.0/bin/claw")).isEqualTo("/opt/openclaw-0.1.0/bin/claw");
        assertThat(ShellWords.quoted("/home/a b")).isEqualTo("'/home/a b'");
        assertThat(ShellWords.quoted("it's")).isEqualTo("'it'\\''s'");
    }

    @Test
    void callsClawByItsNameWhereTheShellFindsIt() throws Exception {
        var script = script("openclaw/bin");
        var link = Files.createDirectories(folder.resolve("links"));
        Files.createSymbolicLink(link.resolve("claw"), script);

        assertThat(ShellWords.claw(script, folder + File.pathSeparator + link)).isEqualTo("claw");
    }

    @Test
    void callsClawByItsPathWhereTheShellFindsNoneOrAnotherOne() throws Exception {
        var script = script("openclaw/bin");

        assertThat(ShellWords.claw(script, "")).isEqualTo(script.toString());
        assertThat(ShellWords.claw(
                        script, script("other").resolveSibling(".") + File.pathSeparator + script.getParent()))
                .isEqualTo(script.toString());
    }

    private Path script(String name) throws Exception {
        var file = Files.createDirectories(folder.resolve(name)).resolve("claw");
        Files.writeString(file, "#!/bin/sh\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
