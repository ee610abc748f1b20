package org.openclaw.agent.runtime;

import org.openclaw.agent.runtime.type.Precedence;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/** The precedence of a service: the version of its bundle, then what the OSGi registry says. */
final class Ranks {
    private Ranks() {}

    static Precedence of(ServiceReference<?> reference) {
        var version = reference.getBundle().getVersion();
        int ranking = reference.getProperty(Constants.SERVICE_RANKING) instanceof Integer said ? said : 0;
        long id = reference.getProperty(Constants.SERVICE_ID) instanceof Long said ? said : Long.MAX_VALUE;
        return new Precedence(
                version.getMajor(), version.getMinor(), version.getMicro(), version.getQualifier(), ranking, id);
    }
}
