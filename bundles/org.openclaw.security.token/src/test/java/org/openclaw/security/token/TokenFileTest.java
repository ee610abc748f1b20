package org.openclaw.security.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest {
    private static final String TOKEN = "oc_admin-0123456789012345678901234567890123";

    @TempDir
    private Path folder = Path.of("");

    private Path write(String content) throws IOException {
        var path = folder.resolve("admin.token");
        Files.writeString(path, content);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        return path;
    }

    private static Optional<Secret> lookedAt(Path path) {
        var file = new TokenFile(path, Instant::now);
        file.look();
        return file.secret();
    }

    @Test
    void noticesAnotherTokenUnderTheSameTimeAndSize() throws IOException {
        var path = write(TOKEN);
        Files.setLastModifiedTime(path, FileTime.from(Instant.EPOCH));
        // A clock far ahead of every stamp: the file counts as settled, so only the stamp can tell.
        var file = new TokenFile(path, () -> Instant.parse("2100-01-01T00:00:00Z"));
        file.look();
        assertThat(file.secret()).contains(Secret.of(TOKEN));
        var other = folder.resolve("other");
        Files.writeString(other, TOKEN.replace("admin", "xxxxx"));
        Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rw-------"));
        Files.setLastModifiedTime(other, FileTime.from(Instant.EPOCH));
        Files.move(other, path, StandardCopyOption.REPLACE_EXISTING);
        file.look();

        assertThat(file.secret()).contains(Secret.of(TOKEN.replace("admin", "xxxxx")));
    }

    @Test
    void ignoresAFileOfSeveralLines() throws IOException {
        assertThat(lookedAt(write(TOKEN + "\n" + TOKEN))).isEmpty();
    }

    @Test
    void ignoresAFileThatIsTooLongForAToken() throws IOException {
        assertThat(lookedAt(write("x".repeat(100_000)))).isEmpty();
    }

    @Test
    void ignoresADirectory() throws IOException {
        assertThat(lookedAt(Files.createDirectory(folder.resolve("admin.token"))))
                .isEmpty();
    }

    @Test
    void showsNothingOfTheSecretInItsText() {
        assertThat(Secret.of(TOKEN).toString()).hasSize(8).doesNotContain("admin");
    }
}
