package io.tidemark.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.contracts.avro.Span;
import io.tidemark.contracts.avro.SpanKind;
import io.tidemark.contracts.topic.Topic;
import io.tidemark.contracts.topic.TopicCatalogue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordEncoderTest {

    private static final int RECORDS = 50;
    private static final long SEED = 20_261_121;

    @BeforeAll
    static void trust() {
        TrustedRecords.register();
    }

    static Iterable<Topic> topics() {
        return TopicCatalogue.withSchema();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void theBytesAreThoseOfAvrosOwnWriter(Topic topic) throws IOException {
        Schema schema = topic.schema().orElseThrow();
        RecordEncoder encoder = new RecordEncoder(schema);
        EncodedBytes bytes = new EncodedBytes();
        for (Object random : new RandomData(schema, RECORDS, SEED)) {
            byte[] written = written(new GenericDatumWriter<>(schema), random);
            SpecificRecord record = new SpecificDatumReader<SpecificRecord>(schema)
                    .read(null, DecoderFactory.get().binaryDecoder(written, null));
            bytes.clear();
            encoder.encode(record, bytes);
            assertThat(bytes.toByteArray()).isEqualTo(written(new SpecificDatumWriter<>(schema), record));
        }
    }

    @Test
    void aTextThatIsNotAsciiHasTheLengthOfItsBytes() throws IOException {
        Span span = new Span(
                "a", null, SpanKind.LLM, "Grüße 👋", Instant.ofEpochSecond(-3, 7_000), -5L, true, Map.of("k", "é"));
        EncodedBytes bytes = new EncodedBytes();
        new RecordEncoder(Span.getClassSchema()).encode(span, bytes);
        assertThat(bytes.toByteArray()).isEqualTo(written(new SpecificDatumWriter<>(Span.getClassSchema()), span));
    }

    @Test
    void aMissingValueIsNamed() {
        RecordEncoder encoder = new RecordEncoder(Span.getClassSchema());
        assertThatThrownBy(() -> encoder.encode(new Span(), new EncodedBytes()))
                .isInstanceOf(AvroRuntimeException.class)
                .hasMessage("field 'span_id' of a Span is null; it must have a value");
    }

    @Test
    void aTypeThatNoContractUsesIsRefusedAtOnce() {
        Schema schema =
                SchemaBuilder.record("Strange").fields().requiredBytes("raw").endRecord();
        assertThatThrownBy(() -> new RecordEncoder(schema))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no contract uses the type \"bytes\" so far; add it to RecordEncoder");
    }

    private static <T> byte[] written(DatumWriter<T> writer, T record) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        writer.write(record, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }
}
