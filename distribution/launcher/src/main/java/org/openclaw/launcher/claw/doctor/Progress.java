package org.openclaw.launcher.claw.doctor;

/** Is told what takes a while, while it does. */
@FunctionalInterface
public interface Progress {
    /** Shows nothing. */
    Progress NONE = what -> {};

    /** @param what in a few words, such as {@code deploy/: 3 of 12} */
    void at(String what);
}
