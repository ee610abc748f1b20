package org.openclaw.launcher.claw;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import org.openclaw.launcher.Installation;
import org.openclaw.launcher.RunningFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Reads the journal of a home without a container, and without changing or locking anything. */
@Command(
        name = "inspect",
        description = {
            "Read the journal of this home, and say what is in it and what is damaged. Nothing is changed.",
            "Exit code 0: it is whole, though its last write may be unfinished; 1: it is damaged; 2: misused."
        })
final class LogInspectCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Mixin
    private HomeOption home = new HomeOption();

    @Option(names = "--frames", description = "Show each frame with its changes: kinds and keys, and sizes of values.")
    private boolean frames;

    @Option(
            names = "--values",
            description = "Show the values, too; implies --frames. Messages and states are in them.")
    private boolean values;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        var folder = home.home().data().resolve("journal");
        if (!Files.isDirectory(folder)) {
            throw ClawException.refused(
                    "journal.absent",
                    "There is no journal at %s (expected: a home on which a container has run). Name one with '--home DIR'."
                            .formatted(folder));
        }
        boolean running = RunningFile.of(home.home()).isPresent();
        try (var journal = JournalReader.of(Installation.here())) {
            var out = spec.commandLine().getOut();
            var found = output.asJson()
                    ? json(journal.read(folder, values), running, out)
                    : text(journal.read(folder, values), running, out);
            out.flush();
            return found.damage().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    private JournalReport text(JournalReader.Reading journal, boolean running, PrintWriter out) throws IOException {
        var report = JournalReport.of(journal.each(frame -> {
            if (frames || values) {
                out.println(JournalReport.line(frame));
            }
        }));
        out.println(report.text(running, Terminal.here()));
        return report;
    }

    /** One object, whose frames are written while they are read: there may be millions. */
    private JournalReport json(JournalReader.Reading journal, boolean running, PrintWriter out) throws IOException {
        var mapper = new JsonMapper();
        try (var json = mapper.createGenerator(out)) {
            json.writeStartObject();
            if (frames || values) {
                json.writeArrayPropertyStart("frames");
            }
            var found = journal.each(frame -> {
                if (frames || values) {
                    json.writePOJO(frame);
                }
            });
            if (frames || values) {
                json.writeEndArray();
            }
            for (var entry : found.entrySet()) {
                json.writePOJOProperty(entry.getKey(), entry.getValue());
            }
            json.writeBooleanProperty("running", running);
            json.writeEndObject();
            return JournalReport.of(found);
        } finally {
            out.println();
        }
    }
}
