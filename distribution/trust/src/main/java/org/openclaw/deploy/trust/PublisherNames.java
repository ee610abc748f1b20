package org.openclaw.deploy.trust;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.openclaw.deploy.trust.JsonFields.Unreadable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The names that a publisher of the trust store may use. Names can be added; nothing else in its file changes.
 *
 * @param trust the trust store, such as {@code conf/trust}
 * @param publisher a publisher of it
 */
public record PublisherNames(Path trust, String publisher) {
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * Lets the publisher bring this bundle and this agent type, and no others by that.
     *
     * @return false when it may already; its file is not touched then
     * @throws TrustException when the publisher's file is missing or damaged
     * @throws IOException when it cannot be written
     */
    public boolean allow(String bundle, String agent) throws IOException, TrustException {
        var file = trust.resolve("publishers").resolve(publisher + ".json");
        if (!Files.isRegularFile(file)) {
            throw TrustException.missing("publisher", file, "'claw trust list' shows the publishers that are trusted.");
        }
        try {
            var granted = Publisher.read(publisher, file);
            var fields = (ObjectNode) JSON.readTree(Files.readAllBytes(file));
            var more = add(fields, "bundles", granted.bundles(), bundle);
            more |= add(fields, "agents", granted.agents(), agent);
            if (more) {
                DurableFile.write(
                        file,
                        ByteBuffer.wrap(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(fields)));
            }
            return more;
        } catch (Unreadable damaged) {
            throw TrustException.damaged(file, String.valueOf(damaged.getMessage()), "the file of a publisher");
        }
    }

    private static boolean add(ObjectNode fields, String field, List<String> granted, String name) {
        if (Publisher.matches(granted, name)) {
            return false;
        }
        fields.withArrayProperty(field).add(name);
        return true;
    }
}
