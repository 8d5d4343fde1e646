package io.tidemark.gateway.otlp;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * OTLP/JSON as protobuf. It differs from protobuf's own JSON form: ids are hex, and whole numbers come as numbers or as texts. Keys that the
 * protocol does not know are passed over, as it asks.
 */
final class JsonBody {

    private static final Set<String> HEX_FIELDS = Set.of("trace_id", "span_id", "parent_span_id");
    private static final int NESTING_PER_VALUE = 4;
    private static final int NESTING_AROUND = 16;
    private static final ConcurrentHashMap<Descriptor, Map<String, FieldDescriptor>> FIELDS = new ConcurrentHashMap<>();

    private final BodyLimits limits;
    private final JsonFactory factory;
    private int elements;

    JsonBody(BodyLimits limits) {
        this.limits = limits;
        this.factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depth() * NESTING_PER_VALUE + NESTING_AROUND)
                        .maxStringLength(limits.decompressedBytes())
                        .build())
                .build();
    }

    /** The body as protobuf bytes. */
    byte[] toProtobuf(Signal signal, byte[] body, int offset, int length)
            throws MalformedBodyException, BodyTooLargeException {
        Message.Builder request = signal.newRequest();
        try (JsonParser parser = factory.createParser(body, offset, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedBodyException("the body must be a JSON object");
            }
            object(parser, request);
            if (parser.nextToken() != null) {
                throw new MalformedBodyException("there is something behind the JSON object");
            }
            return request.build().toByteArray();
        } catch (JacksonException e) {
            throw new MalformedBodyException("the body is no OTLP/JSON, at byte %d"
                    .formatted(e.getLocation() == null ? 0 : e.getLocation().getByteOffset()));
        } catch (IOException | IllegalArgumentException | ArithmeticException e) {
            throw new MalformedBodyException("the body is no OTLP/JSON: a value has the wrong form");
        }
    }

    private void object(JsonParser parser, Message.Builder builder)
            throws IOException, MalformedBodyException, BodyTooLargeException {
        if (++elements > limits.elements()) {
            throw BodyTooLargeException.of("values", limits.elements());
        }
        Map<String, FieldDescriptor> fields =
                FIELDS.computeIfAbsent(builder.getDescriptorForType(), JsonBody::fieldsByJsonName);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            FieldDescriptor field = fields.get(parser.currentName());
            JsonToken token = parser.nextToken();
            if (field == null || token == JsonToken.VALUE_NULL) {
                parser.skipChildren();
            } else if (field.isRepeated()) {
                array(parser, builder, field);
            } else {
                builder.setField(field, value(parser, builder, field));
            }
        }
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw new MalformedBodyException("a JSON object does not end");
        }
    }

    private void array(JsonParser parser, Message.Builder builder, FieldDescriptor field)
            throws IOException, MalformedBodyException, BodyTooLargeException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw new MalformedBodyException("'%s' must be an array".formatted(field.getJsonName()));
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            builder.addRepeatedField(field, value(parser, builder, field));
        }
    }

    private Object value(JsonParser parser, Message.Builder builder, FieldDescriptor field)
            throws IOException, MalformedBodyException, BodyTooLargeException {
        JsonToken token = parser.currentToken();
        if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
            if (token != JsonToken.START_OBJECT) {
                throw new MalformedBodyException("'%s' must be an object".formatted(field.getJsonName()));
            }
            Message.Builder nested = builder.newBuilderForField(field);
            object(parser, nested);
            return nested.build();
        }
        if (!token.isScalarValue()) {
            throw new MalformedBodyException("'%s' must not be an object or array".formatted(field.getJsonName()));
        }
        return scalar(parser.getText(), token, field);
    }

    private static Object scalar(String text, JsonToken token, FieldDescriptor field) throws MalformedBodyException {
        return switch (field.getJavaType()) {
            case STRING -> {
                if (token != JsonToken.VALUE_STRING) {
                    throw new MalformedBodyException("'%s' must be a text".formatted(field.getJsonName()));
                }
                yield text;
            }
            case BOOLEAN -> {
                if (!text.equals("true") && !text.equals("false")) {
                    throw new MalformedBodyException("'%s' must be true or false".formatted(field.getJsonName()));
                }
                yield Boolean.valueOf(text);
            }
            case LONG -> wholeNumber(text);
            case INT -> (int) wholeNumber(text);
            case DOUBLE -> Double.valueOf(text);
            case FLOAT -> Float.valueOf(text);
            case ENUM -> symbol(text, field);
            case BYTE_STRING -> bytes(text, field);
            case MESSAGE -> throw new IllegalStateException("messages are no scalars");
        };
    }

    /** Unsigned 64-bit numbers too, and 1e9, which some JSON writers make of a whole number. */
    private static long wholeNumber(String text) {
        boolean plain = text.chars().allMatch(c -> c >= '0' && c <= '9' || c == '-');
        if (plain && !text.isEmpty()) {
            return text.charAt(0) == '-' ? Long.parseLong(text) : Long.parseUnsignedLong(text);
        }
        if (text.length() > 40) {
            throw new IllegalArgumentException("no whole number");
        }
        BigDecimal number = new BigDecimal(text);
        if (Math.abs((long) number.scale()) > 40) {
            throw new IllegalArgumentException("no whole number");
        }
        return number.longValueExact();
    }

    private static EnumValueDescriptor symbol(String text, FieldDescriptor field) {
        EnumValueDescriptor named = field.getEnumType().findValueByName(text);
        return named != null ? named : field.getEnumType().findValueByNumberCreatingIfUnknown((int) wholeNumber(text));
    }

    private static ByteString bytes(String text, FieldDescriptor field) {
        return HEX_FIELDS.contains(field.getName())
                ? ByteString.copyFrom(HexFormat.of().parseHex(text))
                : ByteString.copyFrom(Base64.getDecoder().decode(text));
    }

    private static Map<String, FieldDescriptor> fieldsByJsonName(Descriptor descriptor) {
        Map<String, FieldDescriptor> fields = new HashMap<>();
        for (FieldDescriptor field : descriptor.getFields()) {
            fields.put(field.getJsonName(), field);
            fields.put(field.getName(), field);
        }
        return fields;
    }
}
