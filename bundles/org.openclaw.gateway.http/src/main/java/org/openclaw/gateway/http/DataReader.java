package org.openclaw.gateway.http;

import java.util.Base64;
import java.util.Set;
import org.openclaw.message.Body;
import tools.jackson.databind.JsonNode;

/**
 * Reads the data of messages and the answers of signals: JSON, byte for byte as it came, or CBOR, which becomes JSON at the door. The same
 * CBOR becomes the same JSON.
 */
final class DataReader {
    static final String TYPES = Body.JSON + " or " + CborReader.MEDIA_TYPE;

    private static final Set<String> KNOWN = Set.of(Body.JSON, CborReader.MEDIA_TYPE);
    private static final byte[] NOTHING = {'{', '}'};

    private final Json json;
    private final int depth;
    private final long most;

    /**
     * @param depth of its nesting at most
     * @param most bytes of the JSON
     */
    DataReader(Json json, int depth, long most) {
        this.json = json;
        this.depth = depth;
        this.most = most;
    }

    /** The same for what may be no longer than that. */
    DataReader within(long bytes) {
        return new DataReader(json, depth, Math.min(most, bytes));
    }

    static boolean knows(String mediaType) {
        return KNOWN.contains(mediaType);
    }

    /** A body; without one, the empty object. */
    Body read(String mediaType, byte[] bytes) throws Rejection {
        if (bytes.length == 0) {
            return Body.json(NOTHING);
        }
        return exactly(mediaType, bytes);
    }

    /** A body that has to be there. */
    Body exactly(String mediaType, byte[] bytes) throws Rejection {
        if (mediaType.equals(CborReader.MEDIA_TYPE)) {
            return converted(CborReader.read(bytes, depth, most));
        }
        json.check(bytes);
        return Body.json(bytes);
    }

    /** The data of an event in structured mode. */
    Body ofEvent(JsonNode event, String mediaType) throws Rejection {
        var data = event.get("data");
        // in the JSON format null is the same as nothing, but for data, where it is a value
        var binary = event.hasNonNull("data_base64") ? event.get("data_base64") : null;
        if (!knows(mediaType)
                || (data != null && binary != null)
                || (data != null && !mediaType.equals(Body.JSON))
                || (binary != null && !binary.isString())) {
            throw Problem.of(
                            400,
                            "message.invalid",
                            "The event's data is not one that is taken (expected: 'data' or 'data_base64' with datacontenttype "
                                    + Body.JSON + ", or 'data_base64' with " + CborReader.MEDIA_TYPE + ").")
                    .rejection();
        }
        if (binary != null) {
            return exactly(mediaType, base64(binary.stringValue()));
        }
        return data == null ? Body.json(NOTHING) : Body.json(Json.write(data));
    }

    private static byte[] base64(String text) throws Rejection {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException bad) {
            throw Problem.of(400, "message.invalid", "The event's data_base64 is no base64 (RFC 4648, 4).")
                    .rejection();
        }
    }

    /** It may be longer than what came. */
    private Body converted(JsonNode value) throws Rejection {
        byte[] bytes = Json.write(value);
        if (bytes.length > most) {
            throw tooLong(most);
        }
        return Body.json(bytes);
    }

    static Rejection tooLong(long most) {
        return Problem.of(
                        413,
                        "body.too.large",
                        "The body is longer than " + most + " bytes as JSON. Send less at a time.")
                .rejection();
    }
}
