package org.openclaw.launcher.claw;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;

/** The verbs in the help of {@code claw}, by what somebody wants to do. One that is in no group stands at the end. */
final class VerbGroups implements IHelpSectionRenderer {
    private static final String INDENTATION = "  ";

    private static final Map<String, List<String>> GROUPS = groups();

    private static Map<String, List<String>> groups() {
        var groups = new LinkedHashMap<String, List<String>>();
        groups.put("Run a container", List.of("run", "stop", "status", "doctor", "token", "aot"));
        groups.put("Write and sign bundles", List.of("new", "keygen", "sign", "verify"));
        groups.put("Deploy bundles", List.of("deploy", "undeploy", "bundles", "pin", "unpin"));
        groups.put("Decide whose bundles run", List.of("trust", "revoke"));
        groups.put(
                "Talk to agents",
                List.of(
                        "send",
                        "ask",
                        "query",
                        "agents",
                        "tail",
                        "topics",
                        "replay",
                        "signals",
                        "dead",
                        "capabilities",
                        "limits",
                        "schemas"));
        groups.put("Look after data", List.of("checkpoint", "log"));
        groups.put("More", List.of("completion", "help"));
        return groups;
    }

    @Override
    public String render(Help help) {
        var left = new LinkedHashMap<String, CommandSpec>();
        help.allSubcommands().forEach((name, sub) -> {
            if (!sub.commandSpec().usageMessage().hidden()) {
                left.put(sub.commandSpec().name(), sub.commandSpec());
            }
        });
        int label = left.keySet().stream().mapToInt(String::length).max().orElse(0);
        var width = help.commandSpec().usageMessage().width();
        var lines = new ArrayList<String>();
        GROUPS.forEach((title, names) -> {
            var group = new ArrayList<CommandSpec>();
            for (var name : names) {
                var spec = left.remove(name);
                if (spec != null) {
                    group.add(spec);
                }
            }
            if (title.equals("More")) {
                group.addAll(left.values());
            }
            if (!group.isEmpty()) {
                lines.add("");
                lines.add(help.colorScheme().text("@|bold " + title + "|@").toString());
                group.forEach(spec -> lines.addAll(line(help, spec, label, width)));
            }
        });
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }

    private static List<String> line(Help help, CommandSpec spec, int label, int width) {
        var name = Columns.padded(spec.name(), label);
        var indentation = INDENTATION + " ".repeat(label) + INDENTATION;
        var usage = spec.usageMessage();
        var sentences = usage.header().length > 0 ? usage.header() : usage.description();
        var text = sentences.length == 0 ? "" : sentences[0];
        var lines = new ArrayList<>(new Terminal(width, Help.Ansi.OFF).wrapped(text, indentation));
        var first = lines.isEmpty() ? "" : lines.removeFirst().strip();
        var painted = name.replace(
                spec.name(), help.colorScheme().commandText(spec.name()).toString());
        lines.addFirst((INDENTATION + painted + INDENTATION + first).stripTrailing());
        return lines;
    }
}
