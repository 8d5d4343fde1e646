package io.tidemark.jobs.drift;

import io.tidemark.testing.SharedData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Rows of a shared table as features: numbers where a cell is one, texts elsewhere. */
final class PublicData {

    private PublicData() {}

    static List<Map<String, Object>> rows(String file) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(SharedData.file(file))), StandardCharsets.UTF_8))) {
            String[] names = lines.readLine().split(",", -1);
            List<Map<String, Object>> rows = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                rows.add(row(names, line.split(",", -1)));
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static Map<String, Object> row(String[] names, String[] cells) {
        Map<String, Object> row = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
            if (cells[i].matches("-?[0-9.]+(e-?[0-9]+)?")) {
                row.put(names[i], Double.parseDouble(cells[i]));
            } else if (!cells[i].isEmpty()) {
                row.put(names[i], cells[i]);
            }
        }
        return row;
    }
}
