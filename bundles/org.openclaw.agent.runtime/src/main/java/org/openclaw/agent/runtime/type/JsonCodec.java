package org.openclaw.agent.runtime.type;

import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.openclaw.message.Body;
import org.openclaw.schema.Violation;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;
import tools.jackson.databind.type.TypeFactory;

/**
 * Turns the records of one version of an agent type into JSON and back. Every version has a codec of its own: Jackson
 * keeps what it learns about classes in its mapper and type factory, and with them the classes would outlive their bundle.
 *
 * <p>Reading is strict about what is there (kinds, nulls, missing components) and tolerant of what is unknown, so that a
 * sender may know more than its receiver. Thread-safe.
 */
public final class JsonCodec {
    private final JsonMapper mapper;
    /** By class: making one takes longer than reading with it. */
    private final Map<Class<?>, ObjectReader> readers = new ConcurrentHashMap<>();

    private final Map<Class<?>, ObjectWriter> writers = new ConcurrentHashMap<>();

    public JsonCodec() {
        mapper = JsonMapper.builder(
                        JsonFactory.builder().recyclerPool(Buffers.SHARED).build())
                .addModule(RecordInstantiator.module())
                .addModule(WholeNumbers.in(new SimpleModule().addSerializer(String.class, new TextSerializer())))
                .typeFactory(TypeFactory.createDefaultInstance())
                .annotationIntrospector(new RequiredUnlessOptional())
                .changeDefaultNullHandling(handling -> handling.withContentNulls(Nulls.FAIL))
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .enable(
                        DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                // by name, as the schemas say
                .disable(EnumFeature.READ_ENUMS_USING_TO_STRING, EnumFeature.WRITE_ENUMS_USING_TO_STRING)
                .enable(MapperFeature.INFER_RECORD_GETTERS_FROM_COMPONENTS_ONLY)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(LogicalType.Textual, textual -> {
                    textual.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                    textual.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                    textual.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
                })
                .build();
    }

    /** Learns a class ahead of its first use, which takes milliseconds that no message shall wait for. */
    void prepare(Class<?> type) {
        var _ = reader(type);
        var _ = writer(type);
    }

    private ObjectReader reader(Class<?> type) {
        var known = readers.get(type);
        // looked up first: computeIfAbsent may take a lock also where there is one
        return known == null ? readers.computeIfAbsent(type, mapper::readerFor) : known;
    }

    private ObjectWriter writer(Class<?> type) {
        var known = writers.get(type);
        return known == null ? writers.computeIfAbsent(type, mapper::writerFor) : known;
    }

    /** @throws IllegalArgumentException when the value has no JSON form */
    public Body encode(Object value) {
        try {
            var writer = writer(value.getClass());
            return Body.json(into -> writer.writeValue(into, value));
        } catch (JacksonException unwritable) {
            throw unwritable(value, unwritable);
        }
    }

    private static IllegalArgumentException unwritable(Object value, JacksonException why) {
        return new IllegalArgumentException(
                value.getClass().getName() + ": has no JSON form, at "
                        + pointer(why) + " (" + why.getClass().getSimpleName()
                        + "; expected: a record of texts, numbers, times, enums, lists, maps, optionals and records)",
                why);
    }

    /**
     * The same with the entries of maps in the order of their keys, so that equal values are equal here: those of the JDK's immutable
     * maps have another order in each process.
     */
    public Body encodeOrdered(Object value) {
        try {
            var writer = writer(value.getClass())
                    .with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .without(SerializationFeature.FAIL_ON_ORDER_MAP_BY_INCOMPARABLE_KEY);
            return Body.json(into -> writer.writeValue(into, value));
        } catch (JacksonException unwritable) {
            throw unwritable(value, unwritable);
        }
    }

    /** Reads a body. Runs the constructors of the records, and so foreign code: hold no lock. */
    public Decoded decode(Body body, Class<?> type) {
        if (!body.mediaType().equals(Body.JSON)) {
            return unfit("", "media type " + Body.JSON, "media type " + body.mediaType());
        }
        try {
            var value = reader(type).readValue(body.stream());
            return value == null ? unfit("", "an object", "null") : new Decoded.Fit(value);
        } catch (ValueInstantiationException rejected) {
            return unfit(
                    pointer(rejected),
                    "a value that " + rejected.getType().getRawClass().getSimpleName() + " accepts",
                    "a value that its constructor rejects");
        } catch (MismatchedInputException mismatch) {
            return mismatched(mismatch, body);
        } catch (InputCoercionException range) {
            var at = range.getLocation();
            return unfit(
                    "",
                    "numbers that fit their types",
                    "a number out of range at line " + at.getLineNr() + ", column " + at.getColumnNr());
        } catch (StreamReadException broken) {
            var at = broken.getLocation();
            return unfit("", "JSON", "no JSON from line " + at.getLineNr() + ", column " + at.getColumnNr() + " on");
        } catch (JacksonException unfit) {
            return unfit(pointer(unfit), "a value that fits", "a value that does not fit");
        }
    }

    private Decoded mismatched(MismatchedInputException mismatch, Body body) {
        var pointer = pointer(mismatch);
        JsonNode node;
        try {
            // the value itself is looked up for its kind alone: it may be a secret, and Jackson's message quotes it
            node = mapper.readTree(body.stream()).at(pointer);
        } catch (JacksonException more) {
            return unfit("", "one JSON object", "more or less than one JSON object");
        }
        var found = node.isMissingNode() ? "nothing" : kind(node.getNodeType().name());
        var target = mismatch.getTargetType();
        return unfit(
                pointer, target == null || node.isMissingNode() || node.isNull() ? "a value" : Kinds.of(target), found);
    }

    private static String kind(String nodeType) {
        return nodeType.equals("POJO") ? "value" : nodeType.toLowerCase(java.util.Locale.ROOT);
    }

    private static Decoded unfit(String pointer, String rule, String found) {
        return new Decoded.Unfit(List.of(new Violation(pointer, rule, found)));
    }

    private static String pointer(JacksonException at) {
        var pointer = new StringBuilder();
        for (var step : at.getPath()) {
            var name = step.getPropertyName();
            pointer.append('/')
                    .append(
                            name == null
                                    ? Integer.toString(step.getIndex())
                                    : name.replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }

    /** Every component of a record must be there, unless it is an {@link Optional}. */
    private static final class RequiredUnlessOptional extends JacksonAnnotationIntrospector {
        @Override
        public Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
            return member instanceof AnnotatedParameter && member.getRawType() != Optional.class;
        }
    }
}
