package io.tidemark.stack.clickhouse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes the engine's configuration into its data directory; the templates lie beside this class as resources. */
public final class EngineFiles {

    private EngineFiles() {}

    /**
     * Writes {@code config.xml} and {@code users.xml}.
     *
     * @param port loopback port of HTTP
     * @param instance token by which the parent knows that it is this child that answers
     * @return the configuration file
     */
    public static Path write(Path dataDirectory, int port, String instance, Credentials credentials)
            throws IOException {
        Map<String, String> values = Map.of(
                "data", dataDirectory.toString(),
                "port", Integer.toString(port),
                "instance", instance,
                "writer", Credentials.sha256(credentials.password()),
                "analyst", Credentials.sha256(credentials.analystPassword()));
        fill("users.xml", dataDirectory, values);
        return fill("config.xml", dataDirectory, values);
    }

    private static Path fill(String name, Path dataDirectory, Map<String, String> values) throws IOException {
        String text;
        try (InputStream template = EngineFiles.class.getResourceAsStream(name)) {
            text = new String(template.readAllBytes(), StandardCharsets.UTF_8);
        }
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace("@" + value.getKey() + "@", escape(value.getValue()));
        }
        return Files.writeString(dataDirectory.resolve(name), text);
    }

    private static String escape(String value) {
        return value.replace("&", "&amp;").replace("<", "&lt;");
    }
}
