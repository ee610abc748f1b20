package org.openclaw.example.triage;

/** What {@link PageAgent} understands, and what it replies. */
public sealed interface Page {
    /**
     * Calls whoever is on call.
     *
     * @param service that has the incident
     * @param incident its number
     * @param level of the escalation
     * @param summary what has happened
     * @param patienceSeconds how long to wait for an acknowledgement
     */
    record Call(String service, int incident, int level, String summary, long patienceSeconds) implements Page {}

    /**
     * A person's answer to a page: the body of its signal.
     *
     * @param by who, for people
     */
    record Acknowledgement(String by) {
        public Acknowledgement {
            Triage.requireName(by);
        }
    }

    /** The state: how many pages were sent, and how many of them were acknowledged. */
    record Calls(int sent, int acknowledged) {}
}
