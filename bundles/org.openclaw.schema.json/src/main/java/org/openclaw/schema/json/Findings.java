package org.openclaw.schema.json;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.SchemaException;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import org.openclaw.schema.Violation;

/**
 * What a check has found. The library lists every error, also those of alternatives that another one makes good, which for
 * a large body would be more than the body; so none of its lists keeps more than {@value #KEPT}. When that of the body itself is full,
 * the check ends.
 */
final class Findings extends ExecutionContext {
    private static final int KEPT = 500;
    /** Texts of a wrong format take microseconds each. */
    private static final int COSTLY = 5_000;

    private final Bounded found = new Bounded(new ArrayList<>(0), true);
    private int costly;

    Findings(ExecutionConfig limits) {
        super(limits);
        super.setErrors(found);
    }

    /** The check has found enough. The library logs what is thrown from within a pattern, unless it is of its own. */
    static final class Enough extends SchemaException {
        private static final long serialVersionUID = 1;

        Enough() {
            super("more than %,d errors".formatted(KEPT));
        }
    }

    /** Goes no further, for good. */
    static final class TooMuchWork extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooMuchWork() {
            super("more than %,d texts of a wrong format".formatted(COSTLY), null, false, false);
        }
    }

    /** Something took long, and was in vain. */
    void tookLong() {
        if (++costly > COSTLY) {
            throw new TooMuchWork();
        }
    }

    @Override
    public void setErrors(List<Error> errors) {
        super.setErrors(errors instanceof Bounded ? errors : new Bounded(errors, false));
    }

    /** All that does not fit. */
    List<Violation> violations() {
        return found.isEmpty() ? List.of() : Wording.of(found, false);
    }

    /** The first of all that does not fit. */
    List<Violation> violationsAndMore() {
        return Wording.of(found, true);
    }

    /** That the check was not finished. */
    static List<Violation> cutShort() {
        return List.of(
                new Violation("", "a body that can be checked in time", "one that needs too many steps for its size"));
    }

    /** Writes through, so that whoever gave the list sees what is in it. */
    private static final class Bounded extends AbstractList<Error> {
        private final List<Error> kept;
        private final boolean last;

        Bounded(List<Error> kept, boolean last) {
            this.kept = kept;
            this.last = last;
        }

        @Override
        public void add(int index, Error error) {
            if (kept.size() < KEPT) {
                kept.add(index, error);
            } else if (last) {
                throw new Enough();
            }
        }

        @Override
        public boolean add(Error error) {
            add(kept.size(), error);
            return true;
        }

        @Override
        public Error get(int index) {
            return kept.get(index);
        }

        @Override
        public int size() {
            return kept.size();
        }
    }
}
