package org.openclaw.launcher.claw;

import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * An agent as it is typed: {@code type/key}. The server checks the rest of its shape.
 *
 * @param type the agent type
 * @param key may contain slashes
 */
record AgentAddress(String type, String key) {
    static AgentAddress parse(String text) {
        int slash = text.indexOf('/');
        if (slash <= 0 || slash == text.length() - 1) {
            throw ClawException.misused("'" + text + "' is no address of an agent (expected: type/key).");
        }
        return new AgentAddress(text.substring(0, slash), text.substring(slash + 1));
    }

    /** Where the API has it. */
    String path() {
        return "/v1/agents/" + segments();
    }

    /** As segments of a path. */
    String segments() {
        var keys = Arrays.stream(key.split("/", -1)).map(Api::encoded).collect(Collectors.joining("/"));
        return Api.encoded(type) + "/" + keys;
    }

    /** A message type as it is typed: {@code Status} is short for {@code triage.Status} when sent to {@code triage}. */
    String messageType(String name) {
        return name.indexOf('.') < 0 ? type + "." + name : name;
    }

    @Override
    public String toString() {
        return type + "/" + key;
    }

    /** How picocli reads one. */
    static final class Converter implements ITypeConverter<AgentAddress> {
        @Override
        public AgentAddress convert(String text) {
            try {
                return parse(text);
            } catch (ClawException misused) {
                throw new TypeConversionException(String.valueOf(misused.getMessage()));
            }
        }
    }
}
