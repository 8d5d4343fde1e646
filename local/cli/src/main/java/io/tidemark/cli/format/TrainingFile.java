package io.tidemark.cli.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.cli.CommandFailure;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** A file of training data: CSV with a header, or one JSON object a line; plain or gzip. An empty cell is a missing value. */
public final class TrainingFile {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NUMBER = "[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?|[-+]?(NaN|Infinity)";

    private TrainingFile() {}

    /**
     * Hands out the rows: numbers and texts by column.
     *
     * @throws CommandFailure for a line that cannot be read; the message names it
     */
    public static void read(Path path, Consumer<Map<String, Object>> rows) {
        ReplayFile file = ReplayFile.open(path);
        boolean isCsv = file.name().replaceFirst("\\.gz$", "").endsWith(".csv");
        LineReader lines = new LineReader(file);
        try {
            if (isCsv) {
                readCsv(lines, rows);
            } else {
                readJson(lines, rows);
            }
        } catch (MalformedLineException e) {
            throw new CommandFailure(e.getMessage(), e);
        } finally {
            lines.close();
        }
    }

    private static void readCsv(LineReader lines, Consumer<Map<String, Object>> rows) throws MalformedLineException {
        CsvHeader header = CsvHeader.everyColumn(lines);
        CsvRow row = new CsvRow(header);
        while (lines.next()) {
            if (!lines.isBlank()) {
                row.fill(lines);
                rows.accept(values(header, row));
            }
        }
    }

    private static Map<String, Object> values(CsvHeader header, CsvRow row) {
        Map<String, Object> values = new HashMap<>();
        IntFunction<Object> value = column -> {
            String text = row.text(column);
            return text.matches(NUMBER) ? Double.valueOf(text) : text;
        };
        for (int column = 0; column < header.columnsInFile(); column++) {
            if (!row.isEmpty(column)) {
                values.put(header.names().get(column), value.apply(column));
            }
        }
        return values;
    }

    private static void readJson(LineReader lines, Consumer<Map<String, Object>> rows) throws MalformedLineException {
        while (lines.next()) {
            if (!lines.isBlank()) {
                rows.accept(values(lines));
            }
        }
    }

    private static Map<String, Object> values(LineReader line) throws MalformedLineException {
        try {
            JsonNode object = JSON.readTree(line.text());
            if (!object.isObject()) {
                throw line.malformed(1, "the line must hold one JSON object");
            }
            Map<String, Object> values = new HashMap<>();
            object.fields().forEachRemaining(field -> {
                if (!field.getValue().isNull()) {
                    values.put(
                            field.getKey(),
                            field.getValue().isNumber()
                                    ? (Object) field.getValue().doubleValue()
                                    : field.getValue().asText());
                }
            });
            return values;
        } catch (JsonProcessingException e) {
            throw line.malformed(1, "the line is no JSON: " + e.getOriginalMessage());
        }
    }
}
