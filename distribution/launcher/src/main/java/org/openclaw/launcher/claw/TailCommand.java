package org.openclaw.launcher.claw;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openclaw.launcher.Signals;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Shows what agents do, as it happens. */
@Command(
        name = "tail",
        description = {
            "Show what agents do, as it happens, until Ctrl-C: turns, steps, waits, and what is done to agents.",
            "When the connection breaks it goes on where it was; what is missing is said."
        })
final class TailCommand implements Callable<Integer> {
    private static final int MOST_LAST = 1000;

    @Parameters(
            arity = "0..1",
            paramLabel = "AGENT",
            description = "Only this agent, as type/key, or only agents of this type. Default: all.")
    private @Nullable String of;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "Only events of this kind, such as turn.failed; may be given more than once.")
    private List<String> kinds = new ArrayList<>();

    @Option(
            names = "--message",
            paramLabel = "TYPE",
            description =
                    "Only events about messages of this type, or, as 'triage.*', that begin so; chosen here, not by the"
                            + " container.")
    private @Nullable String message;

    @ArgGroup
    private Beginning beginning = new Beginning();

    /** Where it begins. */
    static final class Beginning {
        @Option(names = "--since-start", description = "Begin with all that the container remembers since its start.")
        private boolean sinceStart;

        @Option(names = "--last", paramLabel = "N", description = "Begin with the latest N events, at most 1000.")
        private int last;
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() throws InterruptedException {
        if (beginning.last < 0 || beginning.last > MOST_LAST) {
            throw ClawException.misused("--last: " + beginning.last + " (expected: 0 to " + MOST_LAST + ").");
        }
        var out = spec.commandLine().getOut();
        Signals.onStop(() -> {
            out.flush();
            Thread.ofPlatform().start(() -> Runtime.getRuntime().exit(0));
        });
        var never = new CountDownLatch(1);
        var tail = new EventTail(
                server::api,
                query(),
                out,
                spec.commandLine().getErr(),
                output.asJson() ? EventTail.AS_JSON : new EventText(Terminal.here()),
                millis -> !never.await(millis, TimeUnit.MILLISECONDS),
                this::isWanted);
        return tail.follow();
    }

    private boolean isWanted(JsonNode event) {
        var wanted = message;
        var type = event.path("messageType").asString("");
        return wanted == null
                || (wanted.endsWith("*")
                        ? !type.isEmpty() && type.startsWith(wanted.substring(0, wanted.length() - 1))
                        : type.equals(wanted));
    }

    private EventTail.Query query() {
        var kind = kinds.isEmpty() ? "" : "&kind=" + Api.encoded(String.join(",", kinds));
        var start = beginning.sinceStart ? "&since=start" : beginning.last > 0 ? "&last=" + beginning.last : "";
        var who = of;
        if (who == null) {
            return new EventTail.Query("", "/v1/events", kind, start);
        }
        return who.indexOf('/') < 0
                ? new EventTail.Query(who, "/v1/events", "&type=" + Api.encoded(who) + kind, start)
                : new EventTail.Query(
                        who.substring(0, who.indexOf('/')),
                        AgentAddress.parse(who).path() + "/events",
                        kind,
                        start);
    }
}
