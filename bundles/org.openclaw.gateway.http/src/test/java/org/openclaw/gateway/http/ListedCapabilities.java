package org.openclaw.gateway.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openclaw.capability.Capabilities;
import org.openclaw.capability.CapabilityCall;
import org.openclaw.capability.CapabilityView;

/** Capabilities that a test has made up; all have had the same calls. */
final class ListedCapabilities implements Capabilities {
    final List<CapabilityView> all = new ArrayList<>();
    final List<CapabilityCall> calls = new ArrayList<>();

    @Override
    public List<CapabilityView> list() {
        return all;
    }

    @Override
    public Optional<CapabilityView> find(String name) {
        return all.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    @Override
    public List<CapabilityCall> recent(String name, int limit) {
        return calls.stream().limit(limit).toList();
    }
}
