package org.openclaw.security;

/**
 * What a subject may do. A role may include others, and two roles may each do what the other may not: a {@link #SENDER} cannot
 * look, a {@link #READER} cannot send.
 */
public enum Role {
    /** May send messages to agents, and look where those are; may list nothing. */
    SENDER,
    /** May look at everything but the bodies of messages, ask queries, and change nothing. */
    READER,
    /**
     * May run the node: all that a {@link #SENDER} and a {@link #READER} may, and change agents, bundles and deployments. May not
     * decide whom to trust, look at the bodies of messages, or make agents forgotten.
     */
    OPERATOR,
    /** May do everything. */
    ADMIN;

    /** Whether this role may do what {@code other} may. */
    public boolean includes(Role other) {
        return switch (this) {
            case SENDER, READER -> this == other;
            case OPERATOR -> other != ADMIN;
            case ADMIN -> true;
        };
    }
}
