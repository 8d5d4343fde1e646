package io.tidemark.benchmarks.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.tidemark.platform.build.BuildInformation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

/** Figures of one benchmark with the date and the machine, printed as one JSON object. */
public final class BenchmarkReport {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Map<String, Object> figures = new LinkedHashMap<>();

    public BenchmarkReport(String benchmark, Clock clock) {
        figures.put("benchmark", benchmark);
        figures.put("date", LocalDate.now(clock.withZone(ZoneOffset.UTC)).toString());
        figures.put("version", BuildInformation.version() + " " + BuildInformation.buildId());
        figures.put("machine", Machine.describe());
    }

    /** Adds a figure; its name ends with the unit. */
    public BenchmarkReport with(String name, Object value) {
        figures.put(name, value);
        return this;
    }

    /**
     * Stops a benchmark whose result count is wrong: its speed would mean nothing.
     *
     * @throws IllegalStateException naming what was counted
     */
    public BenchmarkReport requireCount(String what, long expected, long counted) {
        if (expected != counted) {
            throw new IllegalStateException("%s: expected %d, counted %d".formatted(what, expected, counted));
        }
        return with(what, counted);
    }

    /** Prints the report, and writes it to a file when one is named. */
    public void print(String file) {
        try {
            String json = JSON.writeValueAsString(figures);
            System.out.println(json);
            if (file != null) {
                Files.writeString(Path.of(file), json + "\n");
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a figure cannot be written as JSON", e);
        } catch (IOException e) {
            throw new UncheckedIOException("the report cannot be written to '%s'".formatted(file), e);
        }
    }
}
