package io.tidemark.gateway.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.gateway.otlp.BodyDecoder.Encoding;
import io.tidemark.gateway.otlp.Signal;
import io.tidemark.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A recorded body that damaged ones are made of. */
public record Seed(Signal signal, Encoding encoding, byte[] body) {

    /** Every recording of the shared data. */
    public static List<Seed> all() throws IOException {
        List<Seed> seeds = new ArrayList<>();
        for (String folder : List.of("otlp", "data/otlp")) {
            try (Stream<Path> files = Files.walk(SharedData.file(folder))) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    of(file).ifPresent(seeds::add);
                }
            }
        }
        assertThat(seeds).hasSizeGreaterThan(15);
        return seeds;
    }

    private static Optional<Seed> of(Path file) throws IOException {
        String name = file.getFileName().toString();
        boolean json = name.endsWith(".json");
        if (!name.endsWith(".pb") && !json
                || name.contains("expected")
                || name.contains("meta")
                || name.contains("index")
                || name.contains("schema")) {
            return Optional.empty();
        }
        Signal signal = name.contains("logs") || name.contains("events")
                ? Signal.LOGS
                : name.contains("metrics") ? Signal.METRICS : Signal.TRACES;
        return Optional.of(new Seed(signal, json ? Encoding.JSON : Encoding.PROTOBUF, Files.readAllBytes(file)));
    }
}
