package io.tidemark.jobs.embedding.backend;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Adds the pooling to an ONNX graph: the sum of the hidden states under the mask, scaled to length 1, which is the mean
 * scaled to length 1. A device then gives back one vector a text instead of one a token.
 *
 * <p>ONNX files are protocol buffers, and two of them written one after the other are merged when they are read: repeated
 * fields, such as the nodes of the graph, are put together. So nodes are added by appending to the file.
 */
final class FusedPooling {

    /** Name of the output that holds the vectors. */
    static final String OUTPUT = "sentence_embedding";

    private static final int FLOAT = 1;
    private static final int INT64 = 7;
    private static final int LENGTH_DELIMITED = 2;
    private static final int GRAPH_OF_MODEL = 7;
    private static final int NODE_OF_GRAPH = 1;
    private static final int INITIALIZER_OF_GRAPH = 5;
    private static final int OUTPUT_OF_GRAPH = 12;
    private static final int INT_ATTRIBUTE = 2;
    private static final int INTS_ATTRIBUTE = 7;

    private FusedPooling() {}

    /** Appends the pooling to a model file. */
    static void append(Path model, String hidden, int dimensions) throws IOException {
        Message graph = new Message();
        graph.message(NODE_OF_GRAPH, node("Cast", "pool_mask", "attention_mask").message(5, intAttribute("to", FLOAT)));
        graph.message(NODE_OF_GRAPH, node("Reshape", "pool_row", "pool_mask", "pool_row_shape"));
        graph.message(NODE_OF_GRAPH, node("MatMul", "pool_sums", "pool_row", hidden));
        graph.message(NODE_OF_GRAPH, node("Reshape", "pool_sum", "pool_sums", "pool_sum_shape"));
        graph.message(
                NODE_OF_GRAPH,
                node("ReduceL2", "pool_length", "pool_sum")
                        .message(5, intsAttribute("axes", 1))
                        .message(5, intAttribute("keepdims", 1)));
        graph.message(NODE_OF_GRAPH, node("Div", OUTPUT, "pool_sum", "pool_length"));
        // 0 keeps a dimension, -1 infers it
        graph.message(INITIALIZER_OF_GRAPH, shape("pool_row_shape", 0, 1, -1));
        graph.message(INITIALIZER_OF_GRAPH, shape("pool_sum_shape", -1, dimensions));
        graph.message(OUTPUT_OF_GRAPH, output());
        byte[] appended = new Message().message(GRAPH_OF_MODEL, graph).bytes();
        Files.write(model, appended, StandardOpenOption.APPEND);
    }

    private static Message node(String operation, String output, String... inputs) {
        Message node = new Message();
        for (String input : inputs) {
            node.text(1, input);
        }
        return node.text(2, output).text(3, "tidemark_" + output).text(4, operation);
    }

    private static Message intAttribute(String name, long value) {
        return new Message().text(1, name).number(3, value).number(20, INT_ATTRIBUTE);
    }

    private static Message intsAttribute(String name, long value) {
        return new Message().text(1, name).number(8, value).number(20, INTS_ATTRIBUTE);
    }

    private static Message shape(String name, long... values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            raw.putLong(value);
        }
        return new Message()
                .number(1, values.length)
                .number(2, INT64)
                .text(8, name)
                .bytes(9, raw.array());
    }

    private static Message output() {
        Message tensor = new Message().number(1, FLOAT);
        return new Message().text(1, OUTPUT).message(2, new Message().message(1, tensor));
    }

    /** A protocol buffer under construction. */
    private static final class Message {

        private final ByteArrayOutputStream written = new ByteArrayOutputStream();

        private Message number(int field, long value) {
            varint((long) field << 3);
            varint(value);
            return this;
        }

        private Message text(int field, String text) {
            return bytes(field, text.getBytes(StandardCharsets.UTF_8));
        }

        private Message message(int field, Message message) {
            return bytes(field, message.bytes());
        }

        private Message bytes(int field, byte[] bytes) {
            varint((long) field << 3 | LENGTH_DELIMITED);
            varint(bytes.length);
            written.writeBytes(bytes);
            return this;
        }

        private void varint(long value) {
            long rest = value;
            while ((rest & ~0x7FL) != 0) {
                written.write((int) (rest & 0x7F | 0x80));
                rest >>>= 7;
            }
            written.write((int) rest);
        }

        private byte[] bytes() {
            return written.toByteArray();
        }
    }
}
