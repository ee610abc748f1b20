package org.openclaw.test.kit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openclaw.message.Address;
import org.openclaw.message.ReceiptId;

/** What turns have shown, whole. */
final class KitPreviews {
    private record Attempt(Address agent, ReceiptId receipt, int number) {}

    private final Map<Attempt, StringBuilder> shown = new LinkedHashMap<>();

    void add(Address agent, ReceiptId receipt, int attempt, String text) {
        shown.computeIfAbsent(new Attempt(agent, receipt, attempt), _ -> new StringBuilder())
                .append(text);
    }

    List<String> of(Address agent) {
        return shown.entrySet().stream()
                .filter(each -> each.getKey().agent().equals(agent))
                .map(each -> each.getValue().toString())
                .toList();
    }
}
