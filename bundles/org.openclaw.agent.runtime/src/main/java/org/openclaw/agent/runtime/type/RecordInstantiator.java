package org.openclaw.agent.runtime.type;

import java.lang.reflect.Constructor;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.ValueInstantiators;
import tools.jackson.databind.deser.std.StdValueInstantiator;
import tools.jackson.databind.introspect.AnnotatedConstructor;
import tools.jackson.databind.module.SimpleModule;

/** Calls the constructor of a record. Jackson does so by a method handle that it makes up anew for each value, which takes longer. */
final class RecordInstantiator extends StdValueInstantiator {
    private final Constructor<?> constructor;

    private RecordInstantiator(StdValueInstantiator usual, Constructor<?> constructor) {
        super(usual);
        this.constructor = constructor;
    }

    /** For all records. */
    static JacksonModule module() {
        return new SimpleModule() {
            private static final long serialVersionUID = 1;

            @Override
            public void setupModule(SetupContext context) {
                context.addValueInstantiators(new OfRecords());
            }
        };
    }

    private static final class OfRecords extends ValueInstantiators.Base {
        @Override
        public ValueInstantiator modifyValueInstantiator(
                DeserializationConfig config, BeanDescription.Supplier type, ValueInstantiator usual) {
            return usual instanceof StdValueInstantiator standard
                            && standard.getWithArgsCreator() instanceof AnnotatedConstructor creator
                            && creator.getDeclaringClass().isRecord()
                            && creator.getAnnotated().trySetAccessible()
                    ? new RecordInstantiator(standard, creator.getAnnotated())
                    : usual;
        }
    }

    @Override
    public Object createFromObjectWith(DeserializationContext context, Object[] components) {
        try {
            return constructor.newInstance(components);
        } catch (Exception thrown) {
            return context.handleInstantiationProblem(
                    constructor.getDeclaringClass(), components, rewrapCtorProblem(context, thrown));
        }
    }
}
