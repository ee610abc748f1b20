package org.openclaw.bench.engine;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openclaw.schema.Schema;
import org.openclaw.schema.json.JsonSchemas;
import tools.jackson.databind.json.JsonMapper;

/**
 * What it takes to check a message of 500 bytes against its schema, beside reading it as a tree alone: processor time of one thread,
 * so that a busy machine matters less; the two take turns.
 *
 * <p>Arguments: {@code [SECONDS]} for each of the two.
 */
final class Checks {
    private static final int ROUNDS = 9;
    private static final int BATCH = 1_000;
    private static final String SCHEMA = """
            {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","properties":{
            "sku":{"type":"string","maxLength":40},
            "quantity":{"type":"integer","format":"int32","minimum":1,"maximum":100},
            "price":{"type":"number"},"at":{"type":"string","format":"date-time"},"note":{"type":["string","null"]},
            "kind":{"type":"string","enum":["LIGHT","HEAVY"]},
            "lines":{"type":"array","items":{"$ref":"#/$defs/Line"}},
            "labels":{"type":"object","additionalProperties":{"type":"string"}}},
            "required":["sku","quantity","price","at","kind","lines","labels"],
            "$defs":{"Line":{"type":"object","properties":{"name":{"type":"string"},
            "count":{"type":"integer","format":"int32","minimum":-2147483648,"maximum":2147483647}},"required":["name","count"]}}}""";
    private static final String MESSAGE = """
            {"sku":"sku-123456","quantity":12,"price":12.5,"at":"2026-11-22T08:00:00Z",\
            "note":"please leave it at the door, or with the neighbours across the street","kind":"LIGHT",\
            "lines":[{"name":"the first line of it","count":1},{"name":"the second line of it","count":2},\
            {"name":"the third line of the order","count":3},{"name":"the fourth line of the order","count":4}],\
            "labels":{"region":"eu-central-1","tier":"gold","source":"web-shop","campaign":"autumn-2026"}}""";

    private Checks() {}

    /** Is done over and over. */
    private interface Work {
        int once();
    }

    public static void main(String[] arguments) {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10;
        var message = MESSAGE.getBytes(StandardCharsets.UTF_8);
        var check = new JsonSchemas().compile(Schema.of("bench", SCHEMA));
        var mapper = new JsonMapper();
        Work read = () -> mapper.readTree(message).size();
        Work checked = () -> check.check(message).size();
        if (checked.once() != 0) {
            throw new IllegalStateException("the message does not fit: " + check.check(message));
        }
        var micros = new double[2][ROUNDS];
        long slice = TimeUnit.SECONDS.toNanos(seconds) / ROUNDS;
        for (int round = 0; round < ROUNDS; round++) {
            micros[0][round] = micros(read, slice);
            micros[1][round] = micros(checked, slice);
        }
        System.out.printf(
                Locale.ROOT,
                "checks: %d bytes read in %.2f us, read and checked in %.2f us of processor time; median of the last %d rounds%n",
                message.length,
                median(micros[0]),
                median(micros[1]),
                ROUNDS * 2 / 3);
    }

    private static double micros(Work work, long nanos) {
        var thread = ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadCpuTime();
        long end = System.nanoTime() + nanos;
        long times = 0;
        long results = 0;
        while (System.nanoTime() < end) {
            for (int i = 0; i < BATCH; i++) {
                results += work.once();
            }
            times += BATCH;
        }
        if (results < 0) {
            throw new IllegalStateException("so that no work is left out");
        }
        return (thread.getCurrentThreadCpuTime() - before) / 1e3 / times;
    }

    /** Of the last two thirds: the first warm up. */
    private static double median(double[] rounds) {
        var last = Arrays.copyOfRange(rounds, rounds.length / 3, rounds.length);
        Arrays.sort(last);
        return last[last.length / 2];
    }
}
