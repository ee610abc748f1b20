package org.openclaw.launcher.claw.doctor;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Something that an operator should know, in the form in which {@code GET /v1/status} has it too.
 *
 * @param id stable, such as {@code disk.low}
 * @param severity how bad it is
 * @param subject what it is about: a file, a port, an agent type; may be empty
 * @param text what is wrong, in a sentence
 * @param why why it matters, in a sentence; may be empty
 * @param cure what to do, in a sentence
 * @param command what to type for it, where there is one line that mends it: for a POSIX shell, quoted
 */
public record Finding(
        String id, Severity severity, String subject, String text, String why, String cure, Optional<String> command) {

    static Finding error(String id, Object subject, String text) {
        return new Finding(id, Severity.ERROR, subject.toString(), text, "", "", Optional.empty());
    }

    static Finding warning(String id, Object subject, String text) {
        return new Finding(id, Severity.WARNING, subject.toString(), text, "", "", Optional.empty());
    }

    static Finding hint(String id, Object subject, String text) {
        return new Finding(id, Severity.HINT, subject.toString(), text, "", "", Optional.empty());
    }

    /** One of a server's; what a server of another version leaves out is empty. */
    public static Finding of(JsonNode node) {
        return new Finding(
                node.path("id").asString("unknown"),
                Severity.of(node.path("severity").asString("")),
                node.path("subject").asString(""),
                node.path("text").asString(""),
                node.path("why").asString(""),
                node.path("cure").asString(""),
                node.path("command").isString()
                        ? Optional.of(node.path("command").asString())
                        : Optional.empty());
    }

    Finding because(String reason) {
        return new Finding(id, severity, subject, text, reason, cure, command);
    }

    Finding cure(String sentence) {
        return new Finding(id, severity, subject, text, why, sentence, command);
    }

    Finding cure(String sentence, String line) {
        return new Finding(id, severity, subject, text, why, sentence, Optional.of(line));
    }

    /** Whether another says the same: the id of the same subject, or the problem of the trust store that a server names. */
    boolean isSaidBy(Finding other) {
        return (id.equals(other.id) && subject.equals(other.subject))
                || (id.equals("trust.problem") && subject.equals(other.id));
    }

    /** As {@code --json} prints it. */
    public Map<String, String> json() {
        var json = new LinkedHashMap<String, String>();
        json.put("id", id);
        json.put("severity", severity.word());
        json.put("subject", subject);
        json.put("text", text);
        json.put("why", why);
        json.put("cure", cure);
        command.ifPresent(line -> json.put("command", line));
        return json;
    }
}
