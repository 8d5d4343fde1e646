package io.tidemark.sink.transcode;

import java.util.Map;
import org.apache.avro.Schema;

/** Readers of a small record whose fields go to variables instead of columns. */
final class ScratchReaders {

    private final Map<String, FieldReader> targets;
    private final Skippers skippers = new Skippers();

    ScratchReaders(Map<String, FieldReader> targets) {
        this.targets = targets;
    }

    FieldReader record(Schema writer) {
        return new ScalarReaders.InOrder(writer.getFields().stream()
                .map(field -> field(field.schema(), targets.get(field.name())))
                .toArray(FieldReader[]::new));
    }

    private FieldReader field(Schema writer, FieldReader target) {
        if (target == null) {
            return skippers.of(writer);
        }
        if (writer.getType() == Schema.Type.UNION) {
            return new ScalarReaders.Union(writer.getTypes().stream()
                    .map(branch -> branch.getType() == Schema.Type.NULL ? (FieldReader) in -> {} : target)
                    .toArray(FieldReader[]::new));
        }
        return target;
    }
}
