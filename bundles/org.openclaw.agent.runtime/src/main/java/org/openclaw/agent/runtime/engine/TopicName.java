package org.openclaw.agent.runtime.engine;

import java.util.Comparator;
import org.openclaw.message.Tenant;
import org.openclaw.message.Topic;

/** A topic of a tenant. */
record TopicName(Tenant tenant, Topic topic) implements Comparable<TopicName> {
    private static final Comparator<TopicName> ORDER =
            Comparator.comparing((TopicName name) -> name.tenant.name()).thenComparing(TopicName::topic);

    /** The least one of a tenant, which need not exist. */
    static TopicName first(Tenant tenant) {
        return new TopicName(tenant, new Topic("a"));
    }

    @Override
    public int compareTo(TopicName other) {
        return ORDER.compare(this, other);
    }
}
