package org.openclaw.itest.simulation;

import java.util.List;
import java.util.Map;
import org.openclaw.message.Address;
import org.openclaw.message.Attributes;
import org.openclaw.message.MessageFilter;
import org.openclaw.message.Subscription;
import org.openclaw.message.Subscription.Receiver;
import org.openclaw.message.Topic;

/** What is published in the simulation, and who gets what of it. Numbers of one publisher begin at 1 and are contiguous. */
final class News {
    static final Topic TOPIC = Topic.of("news");
    /** Gets the odd numbers. */
    static final Address ODD = Address.of(LedgerAgent.TYPE, "reader0");
    /** Get the even ones by the subject: the first those that four divides, the second the others. */
    static final Address FOURTH = Address.of(LedgerAgent.TYPE, "reader1");

    static final Address SECOND = Address.of(LedgerAgent.TYPE, "reader2");
    /** Gets all, and some again and again. */
    static final Address AGAIN = Address.of(LedgerAgent.TYPE, "rewinder");

    static final List<Address> READERS = List.of(ODD, FOURTH, SECOND, AGAIN);

    private News() {}

    static List<Subscription> subscriptions() {
        return List.of(
                new Subscription(TOPIC, "odd", MessageFilter.exact("parity", "odd"), new Receiver.One(ODD)),
                new Subscription(
                        TOPIC,
                        "even",
                        new MessageFilter.Not(MessageFilter.exact("parity", "odd")),
                        new Receiver.ByAttribute(LedgerAgent.TYPE, "subject")),
                new Subscription(TOPIC, "again", MessageFilter.type("ledger.*"), new Receiver.One(AGAIN)));
    }

    static Attributes attributes(long number) {
        return number % 2 == 1
                ? Attributes.NONE.with(Map.of("parity", "odd"))
                : Attributes.subject((number % 4 == 0 ? FOURTH : SECOND).key()).with(Map.of("parity", "even"));
    }

    /** Which numbers of a publisher that has published so many a reader gets. */
    static boolean isFor(Address reader, long number) {
        if (reader.equals(AGAIN)) {
            return true;
        }
        return number % 2 == 1 ? reader.equals(ODD) : reader.equals(number % 4 == 0 ? FOURTH : SECOND);
    }

    static boolean isReader(Address agent) {
        return READERS.contains(agent);
    }
}
