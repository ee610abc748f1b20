package org.openclaw.schema.json;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.openclaw.schema.Compatibility;
import org.openclaw.schema.Incompatibility;
import org.openclaw.schema.Schema;
import org.openclaw.schema.SchemaBreak;
import org.openclaw.schema.SchemaCheck;
import org.openclaw.schema.Schemas;
import org.openclaw.schema.TypeSchemas;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Checks and compares schemas. Without a container, construct one and share it: it keeps what it has compiled. */
@Component
public final class JsonSchemas implements Schemas {
    /** Of some 20 KB each; whoever checks often holds what {@link #compile} returned. */
    private static final int KEPT = 256;

    private final Rules rules = new Rules();
    private final Descriptors descriptors = new Descriptors();
    /** By text, since a digest that a bundle states may be wrong; the least recently used goes first. */
    private final SequencedMap<String, Compiled> compiled = new LinkedHashMap<>(16, 0.75f, true);

    @Activate
    public JsonSchemas() {}

    @Override
    public SchemaCheck compile(Schema schema) {
        synchronized (compiled) {
            var known = compiled.get(schema.json());
            if (known != null) {
                return known.named(schema);
            }
        }
        // outside the lock: two that compile the same do it twice
        var made = Compiled.of(schema, rules);
        synchronized (compiled) {
            compiled.put(schema.json(), made);
            if (compiled.size() > KEPT) {
                compiled.pollFirstEntry();
            }
        }
        return made;
    }

    @Override
    public List<Incompatibility> compare(Schema older, Schema newer, Compatibility policy) {
        return Comparison.of(older, newer, policy);
    }

    @Override
    public List<SchemaBreak> compare(TypeSchemas present, TypeSchemas arriving) {
        return TypeComparison.of(present, arriving);
    }

    @Override
    public TypeSchemas read(byte[] descriptor) {
        return descriptors.read(descriptor);
    }

    @Override
    public List<TypeSchemas> readBundle(Path jar) throws IOException {
        return descriptors.readBundle(jar);
    }
}
