package org.openclaw.launcher.claw;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class SampleBodyTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"type":"string"}                              | "task"
                    {"type":"string","maxLength":1}                | "t"
                    {"type":"string","enum":["low","high"]}        | "low"
                    {"type":"string","format":"duration"}          | "PT1H"
                    {"type":"integer"}                             | 1
                    {"type":"integer","minimum":5,"maximum":9}     | 5
                    {"type":"number","minimum":-9,"maximum":0.5}   | 0.5
                    {"type":"integer","minimum":-9,"maximum":9}    | 1
                    {"type":"string","minLength":6}                | "task.."
                    {"type":"array","items":{"type":"boolean"},"minItems":2} | [true,true]
                    {"type":"boolean"}                             | true
                    {"type":"array","items":{"type":"string"}}     | []
                    {"type":"object","additionalProperties":{}}    | {}
                    {"$ref":"#/$defs/Inner"}                       | {"deep":1}
                    """)
    void fillsARequiredMember(String member, String value) {
        var schema = """
                {"type":"object","properties":{"task":%s,"more":{"type":"string"}},"required":["task"],
                 "$defs":{"Inner":{"type":"object","properties":{"deep":{"type":"integer"}},"required":["deep"]}}}
                """.formatted(member);

        assertThat(SampleBody.of(new JsonMapper().readTree(schema))).isEqualTo("{\"task\":" + value + "}");
    }

    @Test
    void endsWhereARecordContainsItself() {
        var schema = """
                {"type":"object","properties":{"next":{"$ref":"#"}},"required":["next"]}""";

        assertThat(SampleBody.of(new JsonMapper().readTree(schema))).endsWith("{\"next\":{}}}}}}");
    }
}
