package org.openclaw.launcher.claw.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;

/** Asks every check, one after the other; one that cannot look is itself a finding, and the others go on. */
public final class Doctor {
    private final List<Check> checks;

    Doctor(List<Check> checks) {
        this.checks = List.copyOf(checks);
    }

    /** The one with every check that there is. */
    public static Doctor withAllChecks() {
        return new Doctor(List.of(
                new JavaCheck(),
                new InstallationFilesCheck(),
                new StartCacheCheck(),
                new HomeCheck(),
                new FileModesCheck(),
                new ConfigurationCheck(),
                new PortCheck(),
                new TrustStoreCheck(),
                new CertificatesCheck(),
                new BundlesCheck(),
                new PinsCheck(),
                new DiskCheck(),
                new DataCheck(),
                new ClockCheck(),
                new ContainerCheck()));
    }

    public Diagnosis examine(Situation situation) {
        var examinations = new LinkedHashMap<String, Examination>();
        for (var check : checks) {
            situation.progress().at(check.area());
            examinations.put(check.area(), examination(check, situation));
        }
        return new Diagnosis(examinations);
    }

    private static Examination examination(Check check, Situation situation) {
        try {
            return check.look(situation);
        } catch (IOException | UncheckedIOException failed) {
            return Examination.of(
                    "cannot be looked at",
                    Finding.warning("check.failed", check.area(), "Cannot look at the " + check.area() + ": " + failed)
                            .because("What is wrong there stays unknown.")
                            .cure("Run it as the user who owns "
                                    + situation.home().folder() + "."));
        }
    }
}
