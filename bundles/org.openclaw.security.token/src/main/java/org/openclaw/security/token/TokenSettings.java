package org.openclaw.security.token;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of PID {@code org.openclaw.security.token}, shared by the components of this bundle. */
@ObjectClassDefinition(name = "OpenClaw access", description = "Who may call this server, and by which names.")
@interface TokenSettings {
    /** The PID. */
    String PID = "org.openclaw.security.token";

    @AttributeDefinition(
            description = "Names under which this server may be addressed, without port. Requests for other names are"
                    + " refused: a defence against DNS rebinding.")
    String[] hosts() default {"localhost", "127.0.0.1", "[::1]"};

    @AttributeDefinition(description = "Minutes after which an unused console session ends (1 to 1440).")
    int session_idle_minutes() default 30;

    @AttributeDefinition(description = "Hours after which a console session ends in any case (1 to 168).")
    int session_max_hours() default 12;

    @AttributeDefinition(
            description = "Console sessions at a time (1 to 10000); one more ends the one unused for longest.")
    int sessions_max() default 100;
}
