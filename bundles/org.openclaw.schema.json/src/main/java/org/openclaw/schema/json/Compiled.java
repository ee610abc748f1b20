package org.openclaw.schema.json;

import com.networknt.schema.ValidationLimitExceededException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.openclaw.schema.Schema;
import org.openclaw.schema.SchemaCheck;
import org.openclaw.schema.Violation;

/** A schema in the form of the validator. */
final class Compiled implements SchemaCheck {
    private final Schema schema;
    private final Rules rules;
    private final Optional<Quick> quick;
    private final com.networknt.schema.Schema validator;

    private Compiled(Schema schema, Rules rules, Optional<Quick> quick, com.networknt.schema.Schema validator) {
        this.schema = schema;
        this.rules = rules;
        this.quick = quick;
        this.validator = validator;
    }

    static Compiled of(Schema schema, Rules rules) {
        // says where and why when it is malformed, which the validator might find out at the first body
        var document = Document.of(schema);
        try {
            return new Compiled(schema, rules, Quick.of(document), rules.compile(document.json()));
        } catch (RuntimeException | StackOverflowError refused) {
            throw new IllegalArgumentException(
                    "schema %s: cannot be compiled (%s). Let the annotation processor derive it, or mend it."
                            .formatted(schema.name(), refused),
                    refused);
        }
    }

    /** The same for a schema of the same text. */
    Compiled named(Schema other) {
        return other.equals(schema) ? this : new Compiled(other, rules, quick, validator);
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public List<Violation> check(byte[] json) {
        return check(rules.bodies().read(json));
    }

    @Override
    public List<Violation> check(InputStream json) {
        return check(rules.bodies().read(json));
    }

    private List<Violation> check(Bodies.Read read) {
        return switch (read) {
            case Bodies.Read.Unreadable unreadable -> List.of(unreadable.why());
            case Bodies.Read.Tree tree when quick.isPresent() && quick.get().accepts(tree.json()) -> List.of();
            case Bodies.Read.Tree tree -> findings(tree);
        };
    }

    /** What the validator finds, without the short cut. */
    List<Violation> findings(byte[] json) {
        return switch (rules.bodies().read(json)) {
            case Bodies.Read.Unreadable unreadable -> List.of(unreadable.why());
            case Bodies.Read.Tree tree -> findings(tree);
        };
    }

    private List<Violation> findings(Bodies.Read.Tree tree) {
        var findings = new Findings(rules.limits(tree.bytes()));
        try {
            validator.validate(findings, tree.json());
            return findings.violations();
        } catch (Findings.Enough enough) {
            return findings.violationsAndMore();
        } catch (ValidationLimitExceededException | Findings.TooMuchWork | StackOverflowError tooMuch) {
            return Findings.cutShort();
        }
    }
}
