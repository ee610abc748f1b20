package org.openclaw.agent.runtime.type;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.jdk.NumberDeserializers;
import tools.jackson.databind.deser.std.DelegatingDeserializer;
import tools.jackson.databind.module.SimpleDeserializers;
import tools.jackson.databind.module.SimpleModule;

/**
 * Reads whole numbers also where they are written as {@code 1.0} or {@code 1e3}, as some languages write them: to JSON Schema they are
 * integers. Jackson by itself takes either none of these or rounds what is no whole number. What does not fit is refused as ever.
 */
final class WholeNumbers extends DelegatingDeserializer {
    /** As many as the parser takes where all of them are written out: a short text must not become a number of megabytes. */
    private static final int MOST_DIGITS = 1_000;

    private static final Map<Class<?>, Function<BigInteger, Object>> EXACTLY = Map.of(
            byte.class, BigInteger::byteValueExact,
            Byte.class, BigInteger::byteValueExact,
            short.class, BigInteger::shortValueExact,
            Short.class, BigInteger::shortValueExact,
            int.class, BigInteger::intValueExact,
            Integer.class, BigInteger::intValueExact,
            long.class, BigInteger::longValueExact,
            Long.class, BigInteger::longValueExact,
            BigInteger.class, whole -> whole);

    private final Function<BigInteger, Object> exactly;

    private WholeNumbers(ValueDeserializer<?> usual, Function<BigInteger, Object> exactly) {
        super(usual);
        this.exactly = exactly;
    }

    /** Adds them to a module, for all types of whole numbers. */
    static SimpleModule in(SimpleModule module) {
        var all = new SimpleDeserializers();
        EXACTLY.forEach((type, exactly) -> add(all, type, exactly));
        module.setDeserializers(all);
        return module;
    }

    private static <T> void add(SimpleDeserializers all, Class<T> type, Function<BigInteger, Object> exactly) {
        var usual = Objects.requireNonNull(NumberDeserializers.find(type), "Jackson reads all numbers");
        all.addDeserializer(type, typed(new WholeNumbers(usual, exactly)));
    }

    /** A delegating deserializer gives what its delegate would, but says that it gives objects. */
    @SuppressWarnings("unchecked")
    private static <T> ValueDeserializer<T> typed(ValueDeserializer<?> untyped) {
        return (ValueDeserializer<T>) untyped;
    }

    @Override
    protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> usual) {
        return new WholeNumbers(usual, exactly);
    }

    @Override
    public Object deserialize(JsonParser json, DeserializationContext context) {
        if (json.hasToken(JsonToken.VALUE_NUMBER_FLOAT)) {
            var fitting = whole(json.getDecimalValue()).flatMap(this::fitting);
            if (fitting.isPresent()) {
                return fitting.get();
            }
        }
        return super.deserialize(json, context);
    }

    private Optional<Object> fitting(BigInteger whole) {
        try {
            return Optional.of(exactly.apply(whole));
        } catch (ArithmeticException outOfRange) {
            return Optional.empty();
        }
    }

    private static Optional<BigInteger> whole(BigDecimal number) {
        var shortest = number.stripTrailingZeros();
        return shortest.scale() <= 0 && (long) shortest.precision() - shortest.scale() <= MOST_DIGITS
                ? Optional.of(shortest.toBigIntegerExact())
                : Optional.empty();
    }
}
