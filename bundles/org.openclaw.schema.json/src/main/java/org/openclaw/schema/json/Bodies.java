package org.openclaw.schema.json;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import org.openclaw.schema.Violation;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ValueNode;

/** Reads bodies as trees: exact numbers, no member twice, and bounds for all that could take long later. Thread-safe. */
final class Bodies {
    /** As deep as the validator goes with an ordinary stack, thrice over. */
    static final int DEEPEST = 200;

    static final int LONGEST_NUMBER = 1_000;

    private final JsonMapper mapper = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(LONGEST_NUMBER)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(
                    DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
                    DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .nodeFactory(new ShortNumbers())
            .build();

    /** What came of reading a body. */
    sealed interface Read {
        /** What it holds, and how many bytes it has. */
        record Tree(JsonNode json, long bytes) implements Read {}

        /** Why it is no JSON. */
        record Unreadable(Violation why) implements Read {}
    }

    /** Reads what a reader is given. */
    private interface Source {
        Read read() throws IOException;
    }

    Read read(byte[] json) {
        return read(() -> tree(mapper.readTree(json), json.length));
    }

    Read read(InputStream json) {
        return read(() -> {
            var counted = new Counted(json);
            return tree(mapper.readTree(counted), counted.bytes());
        });
    }

    private static Read tree(JsonNode json, long bytes) {
        return json.isMissingNode() ? unreadable("JSON", "nothing") : new Read.Tree(json, bytes);
    }

    private static Read read(Source source) {
        try {
            return source.read();
        } catch (JacksonIOException | IOException broken) {
            throw new UncheckedIOException(
                    broken instanceof JacksonIOException wrapped ? wrapped.getCause() : (IOException) broken);
        } catch (StreamConstraintsException | LongNumber tooMuch) {
            return unreadable(
                    "at most %d values within each other, and numbers of at most %,d digits"
                            .formatted(DEEPEST, LONGEST_NUMBER),
                    "deeper ones, or a longer number");
        } catch (StreamReadException broken) {
            var at = broken.getLocation();
            return unreadable("JSON", "no JSON from line " + at.getLineNr() + ", column " + at.getColumnNr() + " on");
        } catch (MismatchedInputException more) {
            return unreadable("one JSON value, with no member twice", "more than that");
        } catch (JacksonException broken) {
            return unreadable("JSON", "no JSON");
        }
    }

    private static Read unreadable(String rule, String found) {
        return new Read.Unreadable(new Violation("", rule, found));
    }

    /** A few digits can stand for a number of gigabytes, which any arithmetic would write out. */
    private static final class ShortNumbers extends JsonNodeFactory {
        private static final long serialVersionUID = 1;

        @Override
        public ValueNode numberNode(BigDecimal number) {
            if (Math.abs((long) number.precision() - number.scale()) > LONGEST_NUMBER
                    || Math.abs((long) number.scale()) > LONGEST_NUMBER) {
                throw new LongNumber();
            }
            return super.numberNode(number);
        }
    }

    private static final class LongNumber extends RuntimeException {
        private static final long serialVersionUID = 1;

        LongNumber() {
            super("a number of more than %,d digits".formatted(LONGEST_NUMBER), null, false, false);
        }
    }

    /** Counts what is read, and leaves the stream open. */
    private static final class Counted extends FilterInputStream {
        private long bytes;

        Counted(InputStream in) {
            super(in);
        }

        long bytes() {
            return bytes;
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            bytes += one < 0 ? 0 : 1;
            return one;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            bytes += Math.max(0, read);
            return read;
        }

        @Override
        public void close() {
            // whoever opened it closes it
        }
    }
}
