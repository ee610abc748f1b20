package org.openclaw.console.web;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.openclaw.security.OriginPolicy;
import org.openclaw.security.Role;
import org.openclaw.security.Subject;

/**
 * Decides over every request to the Web Console.
 *
 * <p>The console's own tabs ask nobody whether a user may do what they do, and trust every request that carries the
 * cookie. So everything is decided here, from outside: reading is open to whoever is logged in, and of the requests
 * that change something only those of a short list get through. A tab that is added later can change nothing until it
 * is on that list.
 */
final class ConsolePolicy {
    /**
     * What the standard tabs may change. Bundles are not among it, except that one that stands still may be started:
     * the folder {@code deploy/} says what runs, and stopping, updating or removing a bundle behind its back would make
     * both disagree.
     */
    private static final List<Change> CHANGES = List.of(
            Change.of("/bundles/[1-9][0-9]*", "action", "start"),
            Change.anyAt("/configMgr/[^/]+"),
            Change.of("/depfinder", "action", "deps", "dups"),
            Change.of("/events", "action", "clear"),
            Change.anyAt("/logs"),
            Change.of("/memoryusage", "command", "gc"),
            Change.of("/vmstat", "action", "gc"));

    /** Heap dumps, and the archives that heap dumps are put into: they hold every token. */
    private static final Pattern SECRETS = Pattern.compile("/memoryusage/(?!res/).+|/.+\\.zip");

    /**
     * The configuration tab takes a GET with the parameter {@code post} for a POST. Its own pages use that to fetch a form
     * to edit, with no other parameters than these.
     */
    private static final Set<String> READING_A_FORM = Set.of("post", "create", "ts", "pidFilter");

    private static final Pattern BUNDLES = Pattern.compile("/(bundles|install|deployment|obr|fileinstall)(/.*)?");
    private static final Pattern PROCESS = Pattern.compile("/vmstat(/.*)?");

    private final OriginPolicy origins;

    ConsolePolicy(OriginPolicy origins) {
        this.origins = origins;
    }

    /** Why a request is refused whoever sends it; empty when it is not. */
    Optional<String> foreign(ConsoleRequest request) {
        return origins.refusal(request.host(), request.origin(), request.fetchSite(), request.safe());
    }

    /**
     * Decides.
     *
     * @param login finds out who is logged in, if anybody is; asked only for requests of this site
     */
    Decision decide(ConsoleRequest request, Supplier<Optional<Subject>> login) {
        var foreign = foreign(request);
        if (foreign.isPresent()) {
            return new Decision.Refused(foreign.get());
        }
        return login.get().map(known -> decide(request, known)).orElseGet(Decision.LoginWanted::new);
    }

    private static Decision decide(ConsoleRequest request, Subject subject) {
        if (!subject.role().includes(Role.READER)) {
            return new Decision.Refused(
                    "'" + subject.name() + "' may send messages, and look at nothing here (expected: the role"
                            + " READER, OPERATOR or ADMIN). Log in at " + LocalPath.LOGIN
                            + " with the token of one of them, such as"
                            + " conf/reader.token.");
        }
        boolean admin = subject.role().includes(Role.ADMIN);
        if (request.safe()) {
            return decideReading(request, subject, admin);
        }
        if (!request.method().equals("POST")) {
            return new Decision.Refused("The console knows no " + request.method() + ". Nothing was changed.");
        }
        boolean known = request.body() == ConsoleRequest.Body.FORM
                && CHANGES.stream().anyMatch(change -> change.covers(request));
        if (!known) {
            return new Decision.Refused(insteadOf(request.path()));
        }
        if (!admin) {
            return new Decision.Refused(
                    "'" + subject.name() + "' may look at the standard tabs and change nothing there"
                            + " (expected: the role ADMIN). Log in with the token in conf/admin.token.");
        }
        return new Decision.Allowed(subject);
    }

    private static Decision decideReading(ConsoleRequest request, Subject subject, boolean admin) {
        if (request.body() == ConsoleRequest.Body.OTHER) {
            // its parameters have not been looked at, and the console would find them all the same
            return new Decision.Refused("Reading needs no body, nor a header Content-Type. Leave them out.");
        }
        if (request.carries("post")
                && !READING_A_FORM.containsAll(request.parameters().keySet())) {
            return new Decision.Refused("A link cannot change a configuration (parameter 'post'). Send a POST.");
        }
        if (!admin && SECRETS.matcher(request.path()).matches()) {
            return new Decision.Refused("'" + subject.name() + "' may not read dumps of the memory, they hold secrets"
                    + " (expected: the role ADMIN). Log in with the token in conf/admin.token.");
        }
        return new Decision.Allowed(subject);
    }

    private static String insteadOf(String path) {
        if (BUNDLES.matcher(path).matches()) {
            return "Bundles are not installed, updated, stopped or removed here: the folder deploy/ says what runs."
                    + " Put a signed jar into deploy/ or use 'claw deploy FILE' (to take one away: 'claw undeploy FILE')."
                    + " Nothing was changed.";
        }
        if (PROCESS.matcher(path).matches()) {
            return "The container is not stopped or restarted here. Use 'claw stop' and 'claw run'."
                    + " Nothing was changed.";
        }
        return "This action is not among those that the console may do (reading, configuration)."
                + " Bundles come and go through the folder deploy/ and 'claw deploy'. Nothing was changed.";
    }
}
