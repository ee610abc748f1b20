package org.openclaw.launcher.claw;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.ExitCode;

/**
 * What has become of several dead letters. One that is refused does not keep the others from their change.
 *
 * @param done the receipts of those that were changed
 * @param refused why others were not, by their receipts
 */
record DeadLetterChanges(List<String> done, Map<String, ClawException> refused) {
    static DeadLetterChanges each(List<String> receipts, Function<String, Answer> change) {
        var done = new ArrayList<String>();
        var refused = new LinkedHashMap<String, ClawException>();
        for (var receipt : receipts) {
            try {
                var _ = change.apply(receipt).orThrow();
                done.add(receipt);
            } catch (ClawException why) {
                refused.put(receipt, why);
            }
        }
        return new DeadLetterChanges(done, refused);
    }

    /**
     * Prints it.
     *
     * @param member the name of those that were changed, in JSON
     * @param verb the beginning of their sentence
     * @return the exit code: 1 when one was refused
     */
    int show(String member, String verb, Output output) {
        var problems = refused.entrySet().stream()
                .map(each -> {
                    var problem = new LinkedHashMap<String, String>();
                    problem.put("receipt", each.getKey());
                    problem.putAll(each.getValue().problem());
                    return problem;
                })
                .toList();
        var lines = Stream.concat(
                        done.stream().map(receipt -> verb + receipt + "."),
                        refused.entrySet().stream()
                                .map(each -> "Refused " + each.getKey() + ": "
                                        + each.getValue().getMessage()))
                .map(Terminal::printable)
                .toList();
        output.show(
                Map.of(member, done, "refused", problems),
                Terminal.here().paragraphs(String.join(System.lineSeparator(), lines)));
        return refused.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
