package org.openclaw.launcher.claw.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.openclaw.launcher.Configured;
import org.openclaw.launcher.HttpAddress;
import org.openclaw.launcher.LaunchException;

/** Whether the HTTP server can listen where the configuration says, and who can reach it there. */
final class PortCheck implements Check {
    private static final int TRIED = 200;

    @Override
    public String area() {
        return "port";
    }

    @Override
    public Examination look(Situation situation) throws IOException {
        if (!Files.isDirectory(situation.home().conf())
                || !Files.isDirectory(situation.installation().features())) {
            return Examination.of("not known");
        }
        try {
            var configured = Configured.read(situation.installation(), situation.home(), OptionalInt.empty())
                    .address();
            return configured.isPresent()
                    ? look(situation, configured.get())
                    : Examination.of("none: no feature brings an HTTP server");
        } catch (LaunchException unreadable) {
            return unreadable.code().equals("setting.invalid")
                            && unreadable.found().contains(HttpAddress.PORT)
                    ? Examination.of(
                            "not known",
                            Finding.error("port.invalid", HttpAddress.PORT, unreadable.found())
                                    .because("The container does not start.")
                                    .cure(unreadable.cure()))
                    // the configuration's check says it
                    : Examination.of("not known");
        }
    }

    private static Examination look(Situation situation, HttpAddress address) {
        var findings = new ArrayList<Finding>();
        if (isPublic(address.host())) {
            findings.add(Finding.hint(
                            "port.public",
                            address.host() + ":" + address.port(),
                            "The HTTP server is configured to listen on %s, where other machines reach it without TLS."
                                    .formatted(address.host()))
                    .because("Tokens and messages cross the network readable.")
                    .cure("Put a proxy that speaks TLS before it, or set '%s' of '%s' in conf/ to 127.0.0.1."
                            .formatted(HttpAddress.HOST, HttpAddress.PID)));
        }
        if (situation.running().isEmpty()) {
            try {
                address.requireFree();
            } catch (LaunchException refused) {
                findings.add(refused(situation, address, refused));
            }
        }
        return new Examination(address.host() + ":" + address.port(), findings);
    }

    private static Finding refused(Situation situation, HttpAddress address, LaunchException refused) {
        var holder = situation.machine().listener(address.port());
        boolean taken = refused.code().equals("port.taken");
        var finding = Finding.error(
                        refused.code(),
                        address.host() + ":" + address.port(),
                        taken && holder.isPresent()
                                ? "Port %d of %s is taken by %s."
                                        .formatted(address.port(), address.host(), holder.get())
                                : refused.found())
                .because("The container does not start.");
        var free = taken ? free(address) : OptionalInt.empty();
        return free.isPresent()
                ? finding.cure(
                        "Stop what has it, or start on another port.",
                        situation.shell().claw("run", "--port", free.getAsInt()))
                : finding.cure(refused.cure());
    }

    private static OptionalInt free(HttpAddress address) {
        return IntStream.rangeClosed(address.port() + 1, Math.min(65535, address.port() + TRIED))
                .filter(port -> {
                    try {
                        new HttpAddress(address.host(), port).requireFree();
                        return true;
                    } catch (LaunchException taken) {
                        return false;
                    }
                })
                .findFirst();
    }

    private static boolean isPublic(String host) {
        try {
            return !InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            // said when it is tried
            return false;
        }
    }
}
