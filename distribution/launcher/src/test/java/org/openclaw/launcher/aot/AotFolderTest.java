package org.openclaw.launcher.aot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotFolderTest {
    @TempDir
    private Path installation;

    @Test
    void everybodyMayReadWhatOnlyItsOwnerMayWrite() throws Exception {
        Files.createDirectory(aot());
        Files.setPosixFilePermissions(aot(), PosixFilePermissions.fromString("rwxrwxrwx"));

        try (var folder = AotFolder.open(aot())) {
            var made = Files.writeString(folder.work().resolve("made"), "cache");
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-rw-rw-"));
            folder.install(made, aot().resolve("small-1.aot"));
            assertThat(mode(folder.work())).isEqualTo("rwx------");
        }

        assertThat(mode(aot())).isEqualTo("rwxr-xr-x");
        assertThat(mode(aot().resolve("small-1.aot"))).isEqualTo("rw-r--r--");
    }

    @Test
    void oneTrainsAtATime() throws Exception {
        try (var _ = AotFolder.open(aot())) {
            assertThatExceptionOfType(Abandoned.class)
                    .isThrownBy(() -> AotFolder.open(aot()))
                    .satisfies(busy -> assertThat(busy.why().code()).isEqualTo("aot.busy"));
        }
        try (var next = AotFolder.open(aot())) {
            assertThat(next.work()).isDirectory();
        }
    }

    @Test
    void whatATrainingLeftHalfDoneIsGone() throws Exception {
        Files.createDirectories(aot().resolve(".training/home/data"));
        Files.writeString(aot().resolve(".training/half.aot"), "torn");

        try (var folder = AotFolder.open(aot())) {
            assertThat(folder.work()).isEmptyDirectory();
        }
        assertThat(aot().resolve(".training")).doesNotExist();
    }

    @Test
    void aLinkInItsPlaceIsRefused() throws IOException {
        Files.createSymbolicLink(aot(), Files.createDirectory(installation.resolve("elsewhere")));

        assertThatExceptionOfType(Abandoned.class)
                .isThrownBy(() -> AotFolder.open(aot()))
                .satisfies(foreign -> assertThat(foreign.why().code()).isEqualTo("aot.foreign"));
        assertThat(installation.resolve("elsewhere")).isEmptyDirectory();
    }

    @Test
    void cachesOfOtherReleasesGo() throws Exception {
        try (var folder = AotFolder.open(aot())) {
            for (var name : new String[] {"small-25-1-2.aot", "verbs-25-1-2.aot", "small-25-9-9.aot", "notes.txt"}) {
                Files.createFile(aot().resolve(name));
            }
            folder.retain("25-1-2");
        }

        assertThat(aot())
                .isDirectoryContaining("glob:**small-25-1-2.aot")
                .isDirectoryContaining("glob:**verbs-25-1-2.aot")
                .isDirectoryContaining("glob:**notes.txt")
                .isDirectoryNotContaining("glob:**small-25-9-9.aot");
    }

    private Path aot() {
        return installation.resolve("aot");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
