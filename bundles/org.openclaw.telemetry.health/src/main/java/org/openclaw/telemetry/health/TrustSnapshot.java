package org.openclaw.telemetry.health;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.openclaw.deploy.Revocation;
import org.openclaw.deploy.RevocationList;
import org.openclaw.deploy.Trust;
import org.openclaw.deploy.TrustedPublisher;

/** The trust store at one moment. */
record TrustSnapshot(List<TrustedPublisher> publishers, RevocationList revocations) {
    TrustSnapshot {
        publishers = List.copyOf(publishers);
    }

    static TrustSnapshot of(Trust trust) {
        return new TrustSnapshot(trust.publishers(), trust.revocations());
    }

    /** What is other than before, in words; empty when nothing is. */
    List<String> changesSince(TrustSnapshot before) {
        var was = byName(before.publishers);
        var is = byName(publishers);
        var changes = new ArrayList<String>();
        is.forEach((name, entry) -> {
            if (!was.containsKey(name)) {
                changes.add("the publisher '" + name + "' is new");
            } else if (!entry.equals(was.get(name))) {
                changes.add("the entry of the publisher '" + name + "' is another one");
            }
        });
        was.keySet().stream()
                .filter(name -> !is.containsKey(name))
                .forEach(name -> changes.add("the publisher '" + name + "' is gone"));
        without(revocations, before.revocations).forEach(each -> changes.add(each.text() + " is revoked"));
        without(before.revocations, revocations).forEach(each -> changes.add(each.text() + " is no longer revoked"));
        return changes;
    }

    private static Map<String, TrustedPublisher> byName(Collection<TrustedPublisher> publishers) {
        return publishers.stream().collect(Collectors.toMap(TrustedPublisher::name, Function.identity()));
    }

    private static List<Revocation> without(RevocationList list, RevocationList other) {
        return list.entries().stream()
                .filter(each -> !other.entries().contains(each))
                .toList();
    }
}
