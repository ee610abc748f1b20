package org.openclaw.test.kit;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import org.openclaw.agent.Query;

/** Finds out what a query is answered with. */
final class QueryTypes {
    private QueryTypes() {}

    /** The {@code R} of {@code record Total() implements Query<R>}. */
    @SuppressWarnings("unchecked") // the compiler has seen the same R
    static <R> Class<R> answerOf(Query<R> query) {
        for (Type implemented : query.getClass().getGenericInterfaces()) {
            if (implemented instanceof ParameterizedType generic && generic.getRawType() == Query.class) {
                var answer = generic.getActualTypeArguments()[0];
                if (answer instanceof Class<?> type) {
                    return (Class<R>) type;
                }
                if (answer instanceof ParameterizedType nested) {
                    return (Class<R>) nested.getRawType();
                }
            }
        }
        throw new IllegalArgumentException(query.getClass().getName()
                + ": no answer type (expected: a record that implements Query<Answer> itself)."
                + " Use ask(address, message, Answer.class).");
    }
}
