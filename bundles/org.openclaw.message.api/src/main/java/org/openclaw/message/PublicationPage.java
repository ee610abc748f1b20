package org.openclaw.message;

import java.util.List;

/** What came of reading a topic behind a sequence. */
public sealed interface PublicationPage {
    /**
     * Nothing between that sequence and {@code next} is missing.
     *
     * @param publications in order
     * @param next the sequence behind which to go on, also when no publication passed
     * @param more whether there is more behind {@code next} already, passing or not
     */
    record Read(List<Publication> publications, long next, boolean more) implements PublicationPage {
        public Read {
            publications = List.copyOf(publications);
        }
    }

    /**
     * What came behind that sequence is not retained any more, or not all of it: 410.
     *
     * @param first the oldest that is retained
     */
    record Forgotten(long first) implements PublicationPage {}

    /** There is no such topic. */
    record Unknown() implements PublicationPage {}
}
