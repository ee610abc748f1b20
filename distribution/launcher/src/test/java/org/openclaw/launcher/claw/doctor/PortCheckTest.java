package org.openclaw.launcher.claw.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.launcher.RunningFile;

class PortCheckTest {
    private final DoctorFixture doctor;

    PortCheckTest(@TempDir Path folder) throws Exception {
        doctor = new DoctorFixture(folder);
    }

    @Test
    void isContentWithAFreePortOfThisMachine() throws Exception {
        assertThat(doctor.findings(new PortCheck())).isEmpty();
    }

    @Test
    void findsAPortThatIsTakenAndProposesAFreeOne() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            http("127.0.0.1", String.valueOf(taken.getLocalPort()));
            doctor.listener = Optional.of("process 7 (nginx)");

            var finding = doctor.findings(new PortCheck()).getFirst();

            assertThat(finding.id()).isEqualTo("port.taken");
            assertThat(finding.text())
                    .isEqualTo("Port %d of 127.0.0.1 is taken by process 7 (nginx).".formatted(taken.getLocalPort()));
            assertThat(finding.command().orElseThrow()).containsPattern(" run --port [0-9]+ --home ");
        }
        assertThat(doctor.findings(new PortCheck())).isEmpty();
    }

    @Test
    void seesWhichProcessHasAPort() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assumeThat(Path.of("/proc/net/tcp")).isReadable();
            assertThat(PortHolder.of(taken.getLocalPort()).orElseThrow())
                    .startsWith("process " + ProcessHandle.current().pid() + " (");
        }
    }

    @Test
    void doesNotMindThatTheContainerItselfHasThePort() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            http("127.0.0.1", String.valueOf(taken.getLocalPort()));
            doctor.running = Optional.of(new RunningFile(7, "http://127.0.0.1:" + taken.getLocalPort()));

            assertThat(doctor.findings(new PortCheck())).isEmpty();
        }
    }

    @Test
    void hintsAtADoorThatIsOpenToTheNetwork() throws Exception {
        http("0.0.0.0", "0" + freePort());

        assertThat(doctor.findings(new PortCheck())).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo("port.public");
            assertThat(finding.severity()).isEqualTo(Severity.HINT);
        });
    }

    @Test
    void findsAnAddressOfAnotherMachine() throws Exception {
        http("192.0.2.1", String.valueOf(freePort()));

        assertThat(doctor.findings(new PortCheck())).extracting(Finding::id).contains("host.invalid");
    }

    @Test
    void findsAPortThatIsNone() throws Exception {
        http("127.0.0.1", "eighty");

        assertThat(doctor.findings(new PortCheck())).extracting(Finding::id).containsExactly("port.invalid");
    }

    private void http(String host, String port) throws Exception {
        DoctorFixture.write(
                doctor.home.conf().resolve("org.apache.felix.http.cfg"),
                "org.apache.felix.http.host = " + host + "\norg.osgi.service.http.port = " + port + "\n");
    }

    private static int freePort() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
