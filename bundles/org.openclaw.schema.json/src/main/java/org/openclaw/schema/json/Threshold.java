package org.openclaw.schema.json;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.BaseKeywordValidator;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.IntPredicate;
import tools.jackson.databind.JsonNode;

/**
 * A bound of numbers, compared exactly. The library's own reads any number as a long where the schema says {@code integer}, and throws
 * at what is none.
 */
final class Threshold implements Keyword {
    private final String name;
    private final IntPredicate within;

    private Threshold(String name, IntPredicate within) {
        this.name = name;
        this.within = within;
    }

    static List<Keyword> all() {
        return List.of(
                new Threshold("minimum", compared -> compared >= 0),
                new Threshold("exclusiveMinimum", compared -> compared > 0),
                new Threshold("maximum", compared -> compared <= 0),
                new Threshold("exclusiveMaximum", compared -> compared < 0));
    }

    @Override
    public String getValue() {
        return name;
    }

    @Override
    public KeywordValidator newValidator(
            SchemaLocation location, JsonNode bound, Schema parent, SchemaContext context) {
        return new Check(this, location, bound, parent, context);
    }

    private static final class Check extends BaseKeywordValidator {
        private final IntPredicate within;
        private final BigDecimal bound;
        private final boolean whole;
        private final long wholeBound;

        Check(Threshold keyword, SchemaLocation location, JsonNode bound, Schema parent, SchemaContext context) {
            super(keyword, bound, location, parent, context);
            this.within = keyword.within;
            this.bound = bound.decimalValue();
            this.whole = bound.canConvertToLong() && bound.isIntegralNumber();
            this.wholeBound = whole ? bound.longValue() : 0;
        }

        @Override
        public void validate(ExecutionContext context, JsonNode value, JsonNode root, NodePath at) {
            if (value.isNumber() && !within.test(compare(value))) {
                context.addError(
                        error().instanceNode(value).instanceLocation(at).build());
            }
        }

        private int compare(JsonNode value) {
            return whole && (value.isInt() || value.isLong())
                    ? Long.compare(value.longValue(), wholeBound)
                    : value.decimalValue().compareTo(bound);
        }
    }
}
