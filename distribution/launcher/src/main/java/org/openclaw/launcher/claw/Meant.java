package org.openclaw.launcher.claw;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.openclaw.launcher.Suggestion;

/** Adds to the refusal of a name what may have been meant, where looking for it costs little. */
final class Meant {
    private Meant() {}

    /** The answer, or its refusal with the most similar of the files in {@code deploy/}. */
    static Answer bundle(Api api, String typed, Answer answer) {
        return named(answer, typed, "bundle.unknown", () -> names(api, "/v1/bundles", "bundles", "file"));
    }

    /** The answer, or its refusal with the most similar of the symbolic names that are deployed. */
    static Answer deployment(Api api, String typed, Answer answer) {
        return named(answer, typed, "deployment.unknown", () -> names(api, "/v1/deployments", "deployments", "name"));
    }

    /** The answer, or its refusal with the most similar of the agent types. */
    static Answer type(Api api, String typed, Answer answer) {
        return named(answer, typed, "type.unknown", () -> names(api, "/v1/types", "types", "name"));
    }

    /** The answer, or its refusal with the most similar of the topics. */
    static Answer topic(Api api, String typed, Answer answer) {
        return named(answer, typed, "topic.unknown", () -> names(api, TopicsCommand.PATH, "topics", "name"));
    }

    /** The answer, or its refusal with the most similar of the capabilities. */
    static Answer capability(Api api, String typed, Answer answer) {
        return named(
                answer,
                typed,
                "capability.unknown",
                () -> names(api, CapabilitiesCommand.PATH, "capabilities", "name"));
    }

    /** A refusal of a name with the most similar of the files in a folder; a file's ending is no part of the name. */
    static ClawException in(Path folder, String ending, String typed, ClawException refused) {
        try (Stream<Path> files = Files.list(folder)) {
            var names = files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(ending))
                    .map(name -> name.substring(0, name.length() - ending.length()))
                    .toList();
            return refused.with(Suggestion.sentence(typed, names));
        } catch (IOException unreadable) {
            return refused;
        }
    }

    /** Where the names come from. */
    @FunctionalInterface
    private interface Names {
        Collection<String> all();
    }

    private static Answer named(Answer answer, String typed, String code, Names known) {
        try {
            return answer.orThrow();
        } catch (ClawException refused) {
            if (!refused.code().equals(code)
                    || String.valueOf(refused.getMessage()).contains("Did you mean")) {
                throw refused;
            }
            throw refused.with(Suggestion.sentence(typed, known.all()));
        }
    }

    private static List<String> names(Api api, String path, String list, String member) {
        return api.get(path)
                .orThrow()
                .json()
                .path(list)
                .valueStream()
                .map(each -> each.path(member).asString(""))
                .toList();
    }
}
