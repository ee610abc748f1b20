package org.openclaw.deploy.trust;

import java.util.List;

/**
 * What an operator grants a publisher; it becomes the publisher's file in the trust store.
 *
 * @param bundles the symbolic names it may use, each a name or a prefix followed by {@code *}
 * @param agents the agent types it may bring, in the same form
 * @param capabilities the capabilities it may bring, in the same form
 * @param inProcess whether its bundles run in the container's own JVM; otherwise only in a worker
 * @param postQuantum whether a post-quantum signature is demanded beside the classical one
 * @param timestamp whether a timestamp of a trusted authority is demanded
 * @param crlRequired whether a fresh revocation list of its anchor is demanded
 * @param mutable whether the same name and version may come again with other bytes, as a development key needs
 * @param nativeCode whether its bundles may bring native libraries
 * @param system whether its bundles may reach into the framework and export the system's packages
 */
public record Grants(
        List<String> bundles,
        List<String> agents,
        List<String> capabilities,
        boolean inProcess,
        boolean postQuantum,
        boolean timestamp,
        boolean crlRequired,
        boolean mutable,
        boolean nativeCode,
        boolean system) {
    public Grants {
        bundles = List.copyOf(bundles);
        agents = List.copyOf(agents);
        capabilities = List.copyOf(capabilities);
    }

    /** In the container's JVM, under these symbolic names, any agent type and capability, and nothing else. */
    public static Grants inProcess(List<String> bundles) {
        return new Grants(bundles, List.of("*"), List.of("*"), true, false, false, false, false, false, false);
    }

    /** In a worker, under these symbolic names, any agent type and capability, and nothing else. */
    public static Grants inWorker(List<String> bundles) {
        return new Grants(bundles, List.of("*"), List.of("*"), false, false, false, false, false, false, false);
    }

    /** The same, with or without a post-quantum signature demanded. */
    public Grants withPostQuantum(boolean demanded) {
        return new Grants(
                bundles,
                agents,
                capabilities,
                inProcess,
                demanded,
                timestamp,
                crlRequired,
                mutable,
                nativeCode,
                system);
    }

    /** The same, with or without leave to replace the bytes of a version. */
    public Grants withMutable(boolean allowed) {
        return new Grants(
                bundles,
                agents,
                capabilities,
                inProcess,
                postQuantum,
                timestamp,
                crlRequired,
                allowed,
                nativeCode,
                system);
    }

    /** The same, with or without native libraries. */
    public Grants withNativeCode(boolean allowed) {
        return new Grants(
                bundles,
                agents,
                capabilities,
                inProcess,
                postQuantum,
                timestamp,
                crlRequired,
                mutable,
                allowed,
                system);
    }

    /** The same, with or without leave to reach into the framework. */
    public Grants withSystem(boolean allowed) {
        return new Grants(
                bundles,
                agents,
                capabilities,
                inProcess,
                postQuantum,
                timestamp,
                crlRequired,
                mutable,
                nativeCode,
                allowed);
    }

    /** The same, for these agent types only. */
    public Grants withAgents(List<String> types) {
        return new Grants(
                bundles,
                types,
                capabilities,
                inProcess,
                postQuantum,
                timestamp,
                crlRequired,
                mutable,
                nativeCode,
                system);
    }

    /** The same, for these capabilities only. */
    public Grants withCapabilities(List<String> names) {
        return new Grants(
                bundles, agents, names, inProcess, postQuantum, timestamp, crlRequired, mutable, nativeCode, system);
    }
}
