package org.openclaw.security.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openclaw.message.Tenant;
import org.openclaw.security.Role;
import org.openclaw.security.SessionId;
import org.openclaw.security.Subject;

class FileAuthenticatorTest {
    private static final String ADMIN = "oc_admin-0123456789012345678901234567890123";
    private static final String READER = "oc_reader-012345678901234567890123456789012";
    private static final String OTHER = "oc_other-0123456789012345678901234567890123";
    private static final Duration IDLE = Duration.ofMinutes(30);
    /** Until the files are looked at again. */
    private static final Duration TRUSTED = Duration.ofMillis(100);

    @TempDir
    private Path conf = Path.of("");

    private final TurnableClock clock = new TurnableClock();
    private FileAuthenticator authenticator = authenticator();

    private FileAuthenticator authenticator() {
        var limits = new Sessions.Limits(IDLE, Duration.ofHours(12), 3);
        return new FileAuthenticator(conf, limits, clock, new SecureRandom());
    }

    @BeforeEach
    void writeTokens() throws IOException {
        write("admin.token", ADMIN, "rw-------");
        write("reader.token", READER, "rw-------");
        authenticator = authenticator();
    }

    private void write(String name, String token, String mode) throws IOException {
        var file = conf.resolve(name);
        Files.writeString(file, token + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private SessionId login() {
        return authenticator.login(ADMIN).orElseThrow();
    }

    @Test
    void knowsTheAdministratorByTheToken() {
        assertThat(authenticator.token(ADMIN)).map(Subject::role).contains(Role.ADMIN);
    }

    @Test
    void knowsTheReaderByTheToken() {
        assertThat(authenticator.token(READER)).map(Subject::role).contains(Role.READER);
    }

    @ParameterizedTest
    @EnumSource
    void knowsEachRoleByTheTokenOfItsName(Role role) throws IOException {
        write(role.name().toLowerCase(Locale.ROOT) + ".token", OTHER, "rw-------");

        assertThat(authenticator.token(OTHER))
                .contains(new Subject(role.name().toLowerCase(Locale.ROOT), Tenant.DEFAULT, role));
    }

    @Test
    void oneTokenOfTwoRolesHasTheGreaterOne() throws IOException {
        write("operator.token", READER, "rw-------");

        assertThat(authenticator.token(READER)).map(Subject::role).contains(Role.OPERATOR);
    }

    @Test
    void knowsNobodyByAnotherToken() {
        assertThat(authenticator.token(OTHER)).isEmpty();
    }

    @Test
    void knowsNobodyByTheEmptyToken() throws IOException {
        write("admin.token", "", "rw-------");

        assertThat(authenticator.token("")).isEmpty();
    }

    @Test
    void ignoresATokenThatIsTooShortToBeSecret() throws IOException {
        write("admin.token", "password", "rw-------");

        assertThat(authenticator.token("password")).isEmpty();
    }

    @Test
    void grantsNothingWhenTheFileIsMissing() throws IOException {
        Files.delete(conf.resolve("reader.token"));

        assertThat(authenticator.token(READER)).isEmpty();
    }

    @Test
    void ignoresAFileThatTheGroupMayRead() throws IOException {
        write("admin.token", ADMIN, "rw-r-----");

        assertThat(authenticator.token(ADMIN)).isEmpty();
    }

    @Test
    void ignoresAFileThatOthersMayWrite() throws IOException {
        write("admin.token", ADMIN, "rw-----w-");

        assertThat(authenticator.token(ADMIN)).isEmpty();
    }

    @Test
    void noticesThatTheModeOfAFileInUseWasOpened() throws IOException {
        assertThat(authenticator.token(ADMIN)).isPresent();
        Files.setPosixFilePermissions(conf.resolve("admin.token"), PosixFilePermissions.fromString("rw-r--r--"));
        clock.pass(TRUSTED);

        assertThat(authenticator.token(ADMIN)).isEmpty();
    }

    @Test
    void looksAtTheFilesOfATokenThatItKnowsTenTimesASecondAtMost() throws IOException {
        assertThat(authenticator.token(ADMIN)).isPresent();
        Files.delete(conf.resolve("admin.token"));
        clock.pass(TRUSTED.minusNanos(1));
        assertThat(authenticator.token(ADMIN)).isPresent();

        clock.pass(Duration.ofNanos(1));

        assertThat(authenticator.token(ADMIN)).isEmpty();
    }

    @Test
    void trustsNoTokenForLongerWhenTheClockIsSetBack() throws IOException {
        assertThat(authenticator.token(ADMIN)).isPresent();
        Files.delete(conf.resolve("admin.token"));
        clock.pass(Duration.ofHours(-1));

        assertThat(authenticator.token(ADMIN)).isEmpty();
    }

    @Test
    void takesATokenAtOnceThatComesWhileOthersAreTrusted() throws IOException {
        assertThat(authenticator.token(ADMIN)).isPresent();
        write("operator.token", OTHER, "rw-------");

        assertThat(authenticator.token(OTHER)).map(Subject::role).contains(Role.OPERATOR);
    }

    @Test
    void readsTheFileAgainWhenItsModeWasMended() throws IOException {
        write("admin.token", ADMIN, "rw-r--r--");
        assertThat(authenticator.token(ADMIN)).isEmpty();
        Files.setPosixFilePermissions(conf.resolve("admin.token"), PosixFilePermissions.fromString("rw-------"));

        assertThat(authenticator.token(ADMIN)).isPresent();
    }

    @Test
    void takesANewTokenOfTheSameLengthAtOnce() throws IOException {
        assertThat(authenticator.token(ADMIN)).isPresent();
        write("admin.token", OTHER, "rw-------");

        assertThat(authenticator.token(OTHER)).isPresent();
        assertThat(authenticator.token(ADMIN)).isEmpty();
    }

    @Test
    void opensASessionForTheHolderOfTheToken() {
        assertThat(authenticator.session(login())).map(Subject::name).contains("admin");
    }

    @Test
    void givesEverySessionAnIdOfItsOwnOf256Bits() {
        var ids = new HashSet<String>();
        for (int i = 0; i < 100; i++) {
            ids.add(login().value());
        }

        assertThat(ids).hasSize(100).allMatch(id -> id.length() == 43);
    }

    @Test
    void opensNoSessionForAWrongToken() {
        assertThat(authenticator.login(OTHER)).isEmpty();
    }

    @Test
    void keepsASessionOpenWhileItIsUsed() {
        var session = login();
        for (int i = 0; i < 10; i++) {
            clock.pass(IDLE.minusSeconds(1));
            assertThat(authenticator.session(session)).isPresent();
        }
    }

    @Test
    void endsASessionThatIsNotUsed() {
        var session = login();
        clock.pass(IDLE);

        assertThat(authenticator.session(session)).isEmpty();
    }

    @Test
    void endsASessionAfterItsLongestTimeThoughItIsUsed() {
        var session = login();
        for (int i = 0; i < 47; i++) {
            clock.pass(Duration.ofMinutes(15));
            assertThat(authenticator.session(session)).isPresent();
        }
        clock.pass(Duration.ofMinutes(15));

        assertThat(authenticator.session(session)).isEmpty();
    }

    @Test
    void endsASessionAtLogout() {
        var session = login();
        authenticator.logout(session);

        assertThat(authenticator.session(session)).isEmpty();
    }

    @Test
    void endsItsSessionsWhenTheTokenChanges() throws IOException {
        var session = login();
        write("admin.token", OTHER, "rw-------");
        clock.pass(TRUSTED);

        assertThat(authenticator.session(session)).isEmpty();
    }

    @Test
    void endsTheSessionUnusedForLongestWhenThereAreTooMany() {
        var first = login();
        var second = login();
        var third = login();
        authenticator.session(first);
        var fourth = login();

        assertThat(authenticator.session(second)).isEmpty();
        assertThat(authenticator.session(first)).isPresent();
        assertThat(authenticator.session(third)).isPresent();
        assertThat(authenticator.session(fourth)).isPresent();
    }

    @Test
    void refusesEvenTheRightTokenAfterFiveWrongOnes() {
        wrongLogins(5);

        assertThat(authenticator.login(ADMIN)).isEmpty();
    }

    @Test
    void stillTakesTheRightTokenAfterFourWrongOnes() {
        wrongLogins(4);

        assertThat(authenticator.login(ADMIN)).isPresent();
    }

    @Test
    void takesLoginsAgainAfterAWhile() {
        wrongLogins(5);
        clock.pass(Duration.ofSeconds(1));

        assertThat(authenticator.login(ADMIN)).isPresent();
    }

    @Test
    void refusesForLongerWithEachFurtherWrongToken() {
        wrongLogins(5);
        clock.pass(Duration.ofSeconds(1));
        wrongLogins(1);
        clock.pass(Duration.ofMillis(1999));
        assertThat(authenticator.login(ADMIN)).isEmpty();
        clock.pass(Duration.ofMillis(1));

        assertThat(authenticator.login(ADMIN)).isPresent();
    }

    @Test
    void neverRefusesForLongerThanAMinute() {
        for (int i = 0; i < 50; i++) {
            wrongLogins(1);
            clock.pass(Duration.ofMinutes(1));
        }

        assertThat(authenticator.login(ADMIN)).isPresent();
    }

    @Test
    void doesNotSlowDownCallsWithATokenAfterWrongLogins() {
        wrongLogins(20);

        assertThat(authenticator.token(ADMIN)).isPresent();
    }

    private void wrongLogins(int count) {
        for (int i = 0; i < count; i++) {
            assertThat(authenticator.login(OTHER)).isEmpty();
        }
    }
}
