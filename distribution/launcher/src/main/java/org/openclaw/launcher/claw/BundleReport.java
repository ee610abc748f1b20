package org.openclaw.launcher.claw;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * One file of {@code deploy/} as the server tells of it.
 *
 * @param json as it came
 */
record BundleReport(JsonNode json) {
    String file() {
        return text("file");
    }

    String state() {
        return text("state");
    }

    boolean refused() {
        return state().equals("refused");
    }

    boolean settled() {
        return !state().equals("arriving");
    }

    /** The reason code of a refusal, else empty. */
    String code() {
        return text("code");
    }

    /** The verdict in the words of the log and the console. */
    String verdict() {
        return text("text");
    }

    /** What is wrong and what to do, where something is; else what to look at although it runs, and its pin; else empty. */
    String note() {
        if (refused()) {
            return verdict();
        }
        var note = new StringBuilder();
        json.path("flags")
                .forEach(flag -> note.append(flag.path("text").asString("")).append(' '));
        return note.append(text("note")).toString().strip();
    }

    /** The version that this file brought, or the one that serves in its stead. */
    String version() {
        return json.path("version")
                .asString(json.path("serving").path("version").asString("-"));
    }

    /** The agent types that it declares. */
    List<String> agents() {
        return json.path("agents").valueStream().map(JsonNode::asString).toList();
    }

    String publisher() {
        return json.path("publisher").asString("-");
    }

    private String text(String member) {
        return json.path(member).asString("");
    }
}
