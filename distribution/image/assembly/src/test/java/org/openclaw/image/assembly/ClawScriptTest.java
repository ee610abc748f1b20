package org.openclaw.image.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClawScriptTest {
    @TempDir
    private Path temp;

    @Test
    void takesTheOptionsFromTheScriptWithThePathsOfTheImage() throws Exception {
        var installation =
                installation("exec \"$JAVA_HOME/bin/java\" -Dprofile=\"$CLAW_PROFILE\" '-Dquoted=\"a b\"' \\\n"
                        + "  -cp \"$(dirname \"$0\")/../lib/*\" org.openclaw.launcher.claw.ClawCommand \"$@\"");

        new ClawScript(installation, temp.resolve("layer")).write();

        assertThat(temp.resolve("layer/opt/openclaw/image/small.options"))
                .hasContent("\"-Dprofile=small\"\n\"-Dquoted=\\\"a b\\\"\"\n\"-cp\"\n\"/opt/openclaw/bin/../lib/*\"\n");
        assertThat(temp.resolve("layer/opt/openclaw/image/server.options"))
                .content()
                .contains("-Dprofile=server");
        assertThat(temp.resolve("layer/opt/openclaw/image/command.options"))
                .content()
                .endsWith("\"org.openclaw.launcher.image.ImageEntry\"\n");
    }

    @Test
    void theKernelCanRunIt() throws Exception {
        new ClawScript(
                        installation("exec \"$JAVA_HOME/bin/java\" org.openclaw.launcher.claw.ClawCommand"),
                        temp.resolve("layer"))
                .write();

        var script = temp.resolve("layer/usr/bin/claw");
        assertThat(Files.readAllLines(script).get(0))
                .isEqualTo("#!/opt/java/bin/java @/opt/openclaw/image/command.options")
                .as("longer ones are cut by older kernels")
                .hasSizeLessThan(127);
        assertThat(Files.isExecutable(script)).isTrue();
    }

    @Test
    void refusesAScriptThatRunsSomethingElse() throws Exception {
        var script = new ClawScript(installation("exec \"$JAVA_HOME/bin/java\" Other"), temp.resolve("layer"));

        assertThatIllegalStateException()
                .isThrownBy(script::write)
                .withMessageContaining("bin/claw status runs [Other]")
                .withMessageContaining("org.openclaw.launcher.claw.ClawCommand");
    }

    private Path installation(String script) throws IOException {
        var installation = Files.createDirectories(temp.resolve("installation")).toRealPath();
        var claw = installation.resolve("bin/claw");
        Tree.write(claw, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(claw, PosixFilePermissions.fromString("rwxr-xr-x"));
        return installation;
    }
}
