package org.openclaw.launcher.claw.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page that explains the findings knows those that there are. */
class DoctorPageTest {
    private static final Pattern FOUND = Pattern.compile("Finding\\s*\\.(?:error|warning|hint)\\(\\s*\"([a-z.]+)\"");

    @Test
    void namesEveryFinding() throws IOException {
        var page = Files.readString(Path.of("DOCTOR.md"));

        assertThat(found())
                .hasSizeGreaterThan(25)
                .allSatisfy(id -> assertThat(page).contains("`" + id + "`"));
    }

    private static Set<String> found() throws IOException {
        var ids = new TreeSet<String>();
        try (var files = Files.walk(Path.of("src/main/java/org/openclaw/launcher/claw/doctor"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                FOUND.matcher(Files.readString(file)).results().forEach(match -> ids.add(match.group(1)));
            }
        }
        return ids;
    }
}
