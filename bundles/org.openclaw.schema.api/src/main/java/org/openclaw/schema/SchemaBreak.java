package org.openclaw.schema;

/**
 * One reason why a version of an agent type does not get on with another.
 *
 * @param schema the name of the schema: the CloudEvents type of a message, or {@code <agent type>.state}
 * @param why what could not be read, and the cure
 */
public record SchemaBreak(String schema, Incompatibility why) {
    /** Where it is and what is wrong: one sentence without its full stop. */
    public String what() {
        return "%s: %s".formatted(where(), why.rule());
    }

    /** Where it is and what to change: one sentence. */
    public String cure() {
        return "%s: %s.".formatted(where(), why.cure());
    }

    private String where() {
        return why.pointer().isEmpty() ? schema : schema + " at " + why.pointer();
    }

    @Override
    public String toString() {
        return "%s: %s. %s.".formatted(where(), why.rule(), why.cure());
    }
}
