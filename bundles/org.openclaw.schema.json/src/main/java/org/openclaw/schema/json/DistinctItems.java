package org.openclaw.schema.json;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.BaseKeywordValidator;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import java.util.HashSet;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * {@code uniqueItems}, by texts in one form: sets of texts stay fast when somebody chooses values of equal hash, which the
 * library's sets of nodes do not.
 */
final class DistinctItems implements Keyword {
    @Override
    public String getValue() {
        return "uniqueItems";
    }

    @Override
    public KeywordValidator newValidator(
            SchemaLocation location, JsonNode unique, Schema parent, SchemaContext context) {
        return new Check(this, location, unique, parent, context);
    }

    private static final class Check extends BaseKeywordValidator {
        private final boolean unique;

        Check(Keyword keyword, SchemaLocation location, JsonNode unique, Schema parent, SchemaContext context) {
            super(keyword, unique, location, parent, context);
            this.unique = unique.booleanValue();
        }

        @Override
        public void validate(ExecutionContext context, JsonNode value, JsonNode root, NodePath at) {
            if (unique && value.isArray() && !are(value)) {
                context.addError(
                        error().instanceNode(value).instanceLocation(at).build());
            }
        }
    }

    /** Whether no two elements of an array are equal. */
    static boolean are(JsonNode array) {
        var seen = new HashSet<String>();
        for (var item : array) {
            if (!seen.add(text(item))) {
                return false;
            }
        }
        return true;
    }

    /** Equal for equal values, whatever the order of their members and the form of their numbers. */
    static String text(JsonNode value) {
        if (value.isString()) {
            return '"' + value.stringValue();
        }
        var text = new StringBuilder();
        write(value, text);
        return text.toString();
    }

    private static void write(JsonNode value, StringBuilder into) {
        if (value.isNumber()) {
            into.append(value.decimalValue().stripTrailingZeros());
        } else if (value.isArray()) {
            into.append('[');
            value.forEach(item -> {
                write(item, into);
                into.append(',');
            });
            into.append(']');
        } else if (value.isObject()) {
            into.append('{');
            var ordered = new TreeMap<String, JsonNode>();
            value.properties().forEach(member -> ordered.put(member.getKey(), member.getValue()));
            ordered.forEach((name, member) -> {
                into.append(name.length()).append(':').append(name);
                write(member, into);
                into.append(',');
            });
            into.append('}');
        } else if (value.isString()) {
            into.append(value.stringValue().length()).append('"').append(value.stringValue());
        } else {
            into.append(value);
        }
    }
}
