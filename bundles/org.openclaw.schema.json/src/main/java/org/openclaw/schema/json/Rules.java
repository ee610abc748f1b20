package org.openclaw.schema.json;

import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.BasicDialectRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.AnnotationKeyword;
import com.networknt.schema.path.PathType;
import com.networknt.schema.resource.SchemaLoader;
import tools.jackson.databind.JsonNode;

/**
 * The rules by which bodies are checked: JSON Schema 2020-12 with asserted formats, without any way to the network or the class
 * path, and with keywords of ours where those of the library would run on or lose digits.
 */
final class Rules {
    /** Each byte of a body may take so many steps: more than any sensible schema has keywords for one value. */
    private static final int STEPS_A_BYTE = 64;

    private static final int STEPS = 10_000;
    /** A schema within another takes one level, a reference one more: thrice as deep as bodies are, and something. */
    private static final int DEEPEST = 3 * Bodies.DEEPEST + 50;

    private final Bodies bodies = new Bodies();
    private final Dialect dialect;

    Rules() {
        var builder = Dialect.builder(Dialects.getDraft202012());
        Formats.all().forEach(builder::format);
        Threshold.all().forEach(builder::keyword);
        dialect = builder.keyword(new DistinctItems())
                // the specification wants them ignored; the library would say so in the log
                .unknownKeywordFactory((keyword, _) -> new AnnotationKeyword(keyword))
                .build();
    }

    Bodies bodies() {
        return bodies;
    }

    /** A registry for each: the library's keeps what it has seen. */
    Schema compile(JsonNode document) {
        var registry = SchemaRegistry.builder()
                .defaultDialectId(dialect.getId())
                .dialectRegistry(new BasicDialectRegistry(dialect))
                .schemaLoader(SchemaLoader.builder().block(_ -> true).build())
                .schemaRegistryConfig(SchemaRegistryConfig.builder()
                        .formatAssertionsEnabled(true)
                        .pathType(PathType.JSON_POINTER)
                        .regularExpressionFactory(EcmaRegex::new)
                        .messageSource((key, _, _, _) -> key)
                        .build())
                .schemaCacheEnabled(false)
                .build();
        var schema = registry.getSchema(document);
        schema.initializeValidators();
        return schema;
    }

    /** What checking a body may cost. */
    ExecutionConfig limits(long bytes) {
        return ExecutionConfig.builder()
                .formatAssertionsEnabled(true)
                .maxEvaluationSteps(STEPS + STEPS_A_BYTE * bytes)
                .maxEvaluationDepth(DEEPEST)
                .build();
    }
}
