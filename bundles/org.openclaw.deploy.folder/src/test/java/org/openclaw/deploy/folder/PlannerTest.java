package org.openclaw.deploy.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openclaw.deploy.Artifact;
import org.openclaw.deploy.Digest;
import org.openclaw.deploy.folder.Action.Abandon;
import org.openclaw.deploy.folder.Action.Retire;
import org.openclaw.deploy.folder.Action.Start;
import org.openclaw.deploy.folder.Situation.Entry;
import org.openclaw.deploy.folder.Situation.Phase;
import org.openclaw.deploy.folder.Situation.Running;
import org.osgi.framework.Version;

final class PlannerTest {
    private static final Artifact BOT_1 = artifact("bot", "1.0.0", "a");
    private static final Artifact BOT_2 = artifact("bot", "2.0.0", "a");
    private static final Artifact BOT_2_OTHER = artifact("bot", "2.0.0", "b");
    private static final Artifact BOT_3 = artifact("bot", "3.0.0", "a");
    private static final Artifact LIB_1 = artifact("lib", "1.0.0", "a");

    record Row(
            String behaviour,
            List<Entry> files,
            List<Running> running,
            Set<Digest> failed,
            Set<Digest> banned,
            Map<String, Version> pins,
            Map<String, Digest> served,
            List<Action> actions) {
        Row failing(Artifact artifact) {
            return new Row(behaviour, files, running, Set.of(artifact.digest()), banned, pins, served, actions);
        }

        Row banning(Artifact artifact) {
            return new Row(behaviour, files, running, failed, Set.of(artifact.digest()), pins, served, actions);
        }

        Row pinning(String version) {
            var pin = Map.of("bot", new Version(version));
            return new Row(behaviour, files, running, failed, banned, pin, served, actions);
        }

        Row whereServed(Artifact last) {
            var before = Map.of(last.name(), last.digest());
            return new Row(behaviour, files, running, failed, banned, pins, before, actions);
        }

        Situation situation() {
            return new Situation(files, running, failed, banned, pins, served);
        }

        @Override
        public String toString() {
            return behaviour;
        }
    }

    static Stream<Row> rows() {
        return Stream.of(
                row("an empty folder wants nothing", List.of(), List.of()),
                row("a trusted file is started", List.of(file("a", BOT_1)), List.of(), new Start(BOT_1)),
                row("what serves is left alone", List.of(file("a", BOT_1)), List.of(serving(BOT_1))),
                row("what is starting is waited for", List.of(file("a", BOT_1)), List.of(starting(BOT_1))),
                row(
                        "of two versions only the highest is started",
                        List.of(file("a", BOT_1), file("b", BOT_2)),
                        List.of(),
                        new Start(BOT_2)),
                row(
                        "a newer version is started beside the old one",
                        List.of(file("a", BOT_1), file("b", BOT_2)),
                        List.of(serving(BOT_1)),
                        new Start(BOT_2)),
                row(
                        "the old version serves while the new one starts",
                        List.of(file("a", BOT_1), file("b", BOT_2)),
                        List.of(serving(BOT_1), starting(BOT_2))),
                row(
                        "the old version is retired once the new one serves",
                        List.of(file("a", BOT_1), file("b", BOT_2)),
                        List.of(serving(BOT_1), serving(BOT_2)),
                        new Retire(BOT_1)),
                row("a deleted file is retired", List.of(), List.of(serving(BOT_1)), new Retire(BOT_1)),
                row(
                        "a lower version takes over before the deleted one goes",
                        List.of(file("a", BOT_1)),
                        List.of(serving(BOT_2)),
                        new Start(BOT_1)),
                row(
                        "the deleted one goes after the lower version serves",
                        List.of(file("a", BOT_1)),
                        List.of(serving(BOT_2), serving(BOT_1)),
                        new Retire(BOT_2)),
                row(
                        "a start that nobody wants any more is abandoned",
                        List.of(),
                        List.of(starting(BOT_1)),
                        new Abandon(BOT_1)),
                row("what is stopping is waited for", List.of(), List.of(stopping(BOT_1))),
                row(
                        "what is stopping is not started again before it is gone",
                        List.of(file("a", BOT_1)),
                        List.of(stopping(BOT_1))),
                row(
                        "the same bytes in two files are started once",
                        List.of(file("a", BOT_1), file("b", BOT_1)),
                        List.of(),
                        new Start(BOT_1)),
                row(
                        "of equal versions the newer file's bytes run",
                        List.of(file("a", BOT_2, 10), file("b", BOT_2_OTHER, 20)),
                        List.of(serving(BOT_2)),
                        new Start(BOT_2_OTHER)),
                row(
                        "of equal versions in files of one age the running one stays",
                        List.of(file("a", BOT_2, 10), file("b", BOT_2_OTHER, 10)),
                        List.of(serving(BOT_2))),
                row("a bad overwrite leaves the last bytes serving", List.of(bad("a", BOT_1)), List.of(serving(BOT_1))),
                row(
                        "a bad overwrite starts the last bytes after a restart",
                        List.of(bad("a", BOT_1)),
                        List.of(),
                        new Start(BOT_1)),
                row(
                                "a version that failed leaves the old one serving",
                                List.of(file("a", BOT_1), file("b", BOT_2)),
                                List.of(serving(BOT_1)))
                        .failing(BOT_2),
                row(
                                "a replacement in place that failed leaves the last bytes serving",
                                List.of(replaced("a", BOT_2, BOT_1)),
                                List.of(serving(BOT_1)))
                        .failing(BOT_2),
                row(
                        "a replacement in place by a lower version happens",
                        List.of(replaced("a", BOT_1, BOT_2)),
                        List.of(serving(BOT_2), serving(BOT_1)),
                        new Retire(BOT_2)),
                row(
                        "a file that now brings another bundle keeps the old one until that serves",
                        List.of(replaced("a", LIB_1, BOT_1)),
                        List.of(serving(BOT_1), starting(LIB_1))),
                row(
                        "a file that now brings another bundle lets the old one go once that serves",
                        List.of(replaced("a", LIB_1, BOT_1)),
                        List.of(serving(BOT_1), serving(LIB_1)),
                        new Retire(BOT_1)),
                row(
                        "a removal does not wait for the start of another bundle",
                        List.of(file("a", LIB_1)),
                        List.of(serving(BOT_1)),
                        new Retire(BOT_1),
                        new Start(LIB_1)),
                row("what is banned goes at once", List.of(), List.of(serving(BOT_1)), new Retire(BOT_1))
                        .banning(BOT_1),
                row(
                                "what is banned goes at once although its successor has not come up",
                                List.of(file("a", BOT_1)),
                                List.of(serving(BOT_2)),
                                new Retire(BOT_2),
                                new Start(BOT_1))
                        .banning(BOT_2),
                row(
                                "a banned start is abandoned",
                                List.of(file("a", BOT_1)),
                                List.of(starting(BOT_1)),
                                new Abandon(BOT_1))
                        .banning(BOT_1));
    }

    static Stream<Row> pinnedRows() {
        var both = List.of(file("a", BOT_1), file("b", BOT_2));
        var three = List.of(file("a", BOT_1), file("b", BOT_2), file("c", BOT_3));
        return Stream.of(
                row("the pinned version is started, not the highest", both, List.of(), new Start(BOT_1))
                        .pinning("1.0.0"),
                row(
                                "the pinned version is started beside the higher one",
                                both,
                                List.of(serving(BOT_2)),
                                new Start(BOT_1))
                        .pinning("1.0.0"),
                row("the higher one serves while the pinned one starts", both, List.of(serving(BOT_2), starting(BOT_1)))
                        .pinning("1.0.0"),
                row(
                                "the higher one is retired once the pinned one serves",
                                both,
                                List.of(serving(BOT_2), serving(BOT_1)),
                                new Retire(BOT_2))
                        .pinning("1.0.0"),
                row("a higher version that comes is held back", three, List.of(serving(BOT_1)))
                        .pinning("1.0.0"),
                row(
                                "a higher version under way is abandoned beside the pinned one",
                                both,
                                List.of(serving(BOT_1), starting(BOT_2)),
                                new Abandon(BOT_2))
                        .pinning("1.0.0"),
                row(
                                "a version under way may come up where no other serves",
                                both,
                                List.of(starting(BOT_2)),
                                new Start(BOT_1))
                        .pinning("1.0.0"),
                row("a pin of the highest version changes nothing", both, List.of(serving(BOT_2)))
                        .pinning("2.0.0"),
                row("the highest takes over when the pin is gone", both, List.of(serving(BOT_1)), new Start(BOT_2))
                        .whereServed(BOT_1),
                row("a pin of one name leaves others alone", List.of(file("a", LIB_1)), List.of(), new Start(LIB_1))
                        .pinning("9.0.0"),
                row(
                                "a pinned version that is overwritten in place goes on",
                                List.of(replaced("a", BOT_2, BOT_1)),
                                List.of(serving(BOT_1)))
                        .pinning("1.0.0"),
                row(
                                "a pinned version that is overwritten in place comes back after a restart",
                                List.of(replaced("a", BOT_2, BOT_1)),
                                List.of(),
                                new Start(BOT_1))
                        .pinning("1.0.0"),
                row(
                                "other bytes of the pinned version take over in place",
                                List.of(replaced("a", BOT_2_OTHER, BOT_2)),
                                List.of(serving(BOT_2)),
                                new Start(BOT_2_OTHER))
                        .pinning("2.0.0"),
                row(
                                "a pinned version whose file now brings another bundle is let go",
                                List.of(replaced("a", LIB_1, BOT_1)),
                                List.of(serving(BOT_1), serving(LIB_1)),
                                new Retire(BOT_1))
                        .pinning("1.0.0"),
                row("what serves goes on while the pinned version is not there", three, List.of(serving(BOT_2)))
                        .pinning("9.0.0")
                        .whereServed(BOT_2),
                row(
                                "what serves goes on although it is overwritten while the pinned version is not there",
                                List.of(replaced("a", BOT_2, BOT_1)),
                                List.of(serving(BOT_1)))
                        .pinning("9.0.0")
                        .whereServed(BOT_1),
                row("what served comes back while the pinned version is not there", three, List.of(), new Start(BOT_2))
                        .pinning("9.0.0")
                        .whereServed(BOT_2),
                row("the pinned version takes over when it comes", three, List.of(serving(BOT_2)), new Start(BOT_3))
                        .pinning("3.0.0")
                        .whereServed(BOT_2),
                row("what serves goes on while the pinned version does not come up", both, List.of(serving(BOT_2)))
                        .pinning("1.0.0")
                        .whereServed(BOT_2)
                        .failing(BOT_1),
                row(
                                "the highest below the pin serves where nothing served before",
                                List.of(file("a", BOT_1), file("c", BOT_3)),
                                List.of(),
                                new Start(BOT_1))
                        .pinning("2.0.0"),
                row("the highest serves where nothing is below the pin", both, List.of(), new Start(BOT_2))
                        .pinning("0.9.0"),
                row(
                                "another takes over before the deleted pinned one goes",
                                List.of(file("b", BOT_2)),
                                List.of(serving(BOT_1)),
                                new Start(BOT_2))
                        .pinning("1.0.0")
                        .whereServed(BOT_1),
                row(
                                "a pinned version that is banned goes at once",
                                both,
                                List.of(serving(BOT_1)),
                                new Retire(BOT_1),
                                new Start(BOT_2))
                        .pinning("1.0.0")
                        .whereServed(BOT_1)
                        .banning(BOT_1),
                row(
                                "a version under way comes up in place of the banned pinned one",
                                both,
                                List.of(serving(BOT_1), starting(BOT_2)),
                                new Retire(BOT_1))
                        .pinning("1.0.0")
                        .whereServed(BOT_1)
                        .banning(BOT_1),
                row("a pin of what is not deployed wants nothing", List.of(), List.of())
                        .pinning("1.0.0"));
    }

    @ParameterizedTest
    @MethodSource({"rows", "pinnedRows"})
    void plans(Row row) {
        var plan = Planner.plan(row.situation());
        assertThat(plan.actions()).containsExactlyElementsOf(row.actions);
    }

    @Test
    void doesNotDependOnTheOrderOfTheFiles() {
        var files = List.of(file("a", BOT_1, 1), file("b", BOT_2, 2), file("c", BOT_2_OTHER, 3), file("d", LIB_1, 4));
        var plan = Planner.plan(new Situation(files, List.of(), Set.of(), Set.of(), Map.of(), Map.of()));
        assertThat(Planner.plan(new Situation(files.reversed(), List.of(), Set.of(), Set.of(), Map.of(), Map.of())))
                .isEqualTo(plan);
    }

    private static Row row(String behaviour, List<Entry> files, List<Running> running, Action... actions) {
        return new Row(behaviour, files, running, Set.of(), Set.of(), Map.of(), Map.of(), List.of(actions));
    }

    private static Artifact artifact(String name, String version, String salt) {
        var digest = Digest.of((name + version + salt).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return new Artifact(name, Version.parseVersion(version), digest, 1);
    }

    private static Entry file(String name, Artifact present) {
        return file(name, present, 0);
    }

    private static Entry file(String name, Artifact present, long age) {
        return new Entry(name, Optional.of(present), Optional.empty(), Instant.ofEpochSecond(age));
    }

    private static Entry bad(String name, Artifact last) {
        return new Entry(name, Optional.empty(), Optional.of(last), Instant.EPOCH);
    }

    private static Entry replaced(String name, Artifact present, Artifact last) {
        return new Entry(name, Optional.of(present), Optional.of(last), Instant.EPOCH);
    }

    private static Running serving(Artifact artifact) {
        return new Running(artifact, Phase.SERVING);
    }

    private static Running starting(Artifact artifact) {
        return new Running(artifact, Phase.STARTING);
    }

    private static Running stopping(Artifact artifact) {
        return new Running(artifact, Phase.STOPPING);
    }
}
