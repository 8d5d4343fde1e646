package io.tidemark.sink.transcode;

import io.tidemark.sink.column.Column;
import io.tidemark.sink.column.FixedColumn;
import io.tidemark.sink.column.TextColumn;
import io.tidemark.sink.table.Node;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;

/** Readers that read nothing and append the default that the contract gives to a field. */
final class DefaultReaders {

    private DefaultReaders() {}

    static FieldReader of(Node.Leaf leaf) {
        Object value = leaf.field().hasDefaultValue() ? leaf.field().defaultVal() : JsonProperties.NULL_VALUE;
        Column column = leaf.column();
        if (value instanceof String text && column instanceof TextColumn texts) {
            boolean symbol = leaf.field().schema().getType() == Schema.Type.ENUM;
            byte[] bytes = (symbol ? text.toLowerCase(Locale.ROOT) : text).getBytes(StandardCharsets.UTF_8);
            return in -> texts.append(bytes, 0, bytes.length);
        }
        if (column instanceof FixedColumn numbers) {
            if (value instanceof Double real) {
                double constant = real;
                return in -> numbers.append(constant);
            }
            if (value instanceof Number integer) {
                long constant = integer.longValue();
                return in -> numbers.append(constant);
            }
            if (value instanceof Boolean flag) {
                return in -> numbers.append(flag ? 1 : 0);
            }
        }
        return new ScalarReaders.Default(column);
    }
}
