package org.openclaw.schema.json;

import com.networknt.schema.ValidationLimitExceededException;
import java.io.InputStream;
import java.util.List;
import org.openclaw.schema.Schema;
import org.openclaw.schema.SchemaCheck;
import org.openclaw.schema.Violation;

/** A schema in the form of the validator. */
final class Compiled implements SchemaCheck {
    private final Schema schema;
    private final Rules rules;
    private final com.networknt.schema.Schema validator;

    private Compiled(Schema schema, Rules rules, com.networknt.schema.Schema validator) {
        this.schema = schema;
        this.rules = rules;
        this.validator = validator;
    }

    static Compiled of(Schema schema, Rules rules) {
        // says where and why when it is malformed, which the validator might find out at the first body
        var document = Document.of(schema);
        try {
            return new Compiled(schema, rules, rules.compile(document.json()));
        } catch (RuntimeException refused) {
            throw new IllegalArgumentException(
                    "schema %s: cannot be compiled (%s). Let the annotation processor derive it, or mend it."
                            .formatted(schema.name(), refused.getMessage()),
                    refused);
        }
    }

    /** The same for a schema of the same text. */
    Compiled named(Schema other) {
        return other.equals(schema) ? this : new Compiled(other, rules, validator);
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
            case Bodies.Read.Tree tree -> {
                var findings = new Findings(rules.limits(tree.bytes()));
                try {
                    validator.validate(findings, tree.json());
                } catch (Findings.Enough enough) {
                    yield findings.violationsAndMore();
                } catch (ValidationLimitExceededException | Findings.TooMuchWork tooMuch) {
                    yield Findings.cutShort();
                }
                yield findings.violations();
            }
        };
    }
}
