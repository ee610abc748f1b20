package org.openclaw.store.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openclaw.store.StoreException;

/** The changes of a frame as maps, for those who only look. */
final class ChangeFields implements Payload.Sink {
    private final List<Map<String, Object>> changes = new ArrayList<>();
    private final ByteBuffer payload;
    private final boolean values;

    private ChangeFields(ByteBuffer payload, boolean values) {
        this.payload = payload;
        this.values = values;
    }

    /**
     * Reads them.
     *
     * @param values whether to copy the values of puts, too
     */
    static List<Map<String, Object>> of(ByteBuffer payload, boolean values) throws StoreException {
        var fields = new ChangeFields(payload.slice(), values);
        Payload.read(payload.duplicate(), fields);
        return fields.changes;
    }

    @Override
    public void put(int kind, long first, long second, int offset, int length) {
        var fields = add("put", kind, first, second);
        fields.put("size", length);
        if (values) {
            var value = new byte[length];
            payload.get(offset, value);
            fields.put("value", value);
        }
    }

    @Override
    public void remove(int kind, long first, long second) {
        add("remove", kind, first, second);
    }

    private Map<String, Object> add(String change, int kind, long first, long second) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("change", change);
        fields.put("kind", Kinds.of(kind).name());
        fields.put("first", first);
        fields.put("second", second);
        changes.add(fields);
        return fields;
    }

    @Override
    public void name(byte[] name, long agent) {
        var fields = add("name", name);
        fields.put("agent", agent);
    }

    @Override
    public void unname(byte[] name) {
        add("unname", name);
    }

    private Map<String, Object> add(String change, byte[] name) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("change", change);
        fields.put("name", new String(name, StandardCharsets.UTF_8).replace('\0', '/'));
        changes.add(fields);
        return fields;
    }
}
