package io.tidemark.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.registry.ConfluentSchemaRegistry;
import io.tidemark.stack.EmbeddedRegistry;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRegistryIT extends SchemaRegistryContract {

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    @Override
    String url() {
        return KAFKA.registryUrl();
    }

    @Test
    void schemasSurviveAKillOfTheRegistry(@TempDir Path directory) {
        Schema schema =
                SchemaBuilder.record("Survivor").fields().requiredLong("a").endRecord();
        try (EmbeddedRegistry registry = EmbeddedRegistry.start(KAFKA.bootstrapServers(), directory, 0)) {
            int id = new ConfluentSchemaRegistry(registry.url(), Map.of()).register("survivor-value", schema);
            registry.kill();
            registry.restart();
            ConfluentSchemaRegistry client = new ConfluentSchemaRegistry(registry.url(), Map.of());
            assertThat(client.schemaById(id)).isEqualTo(schema);
            assertThat(client.register("survivor-value", schema)).isEqualTo(id);
        }
    }

    @Test
    void answersLookLikeConfluents() throws Exception {
        HttpURLConnection config = open("/config");
        assertThat(config.getContentType()).isEqualTo("application/vnd.schemaregistry.v1+json");
        assertThat(body(config.getInputStream())).isEqualTo("{\"compatibilityLevel\":\"FULL_TRANSITIVE\"}");
        HttpURLConnection unknown = open("/subjects/nobody/versions");
        assertThat(unknown.getResponseCode()).isEqualTo(404);
        assertThat(body(unknown.getErrorStream())).contains("\"error_code\":40401", "\"message\":");
        assertThat(body(open("/mode").getInputStream())).isEqualTo("{\"mode\":\"READWRITE\"}");
        assertThat(open("/nothing/here").getResponseCode()).isEqualTo(404);
    }

    private HttpURLConnection open(String path) throws Exception {
        return (HttpURLConnection) URI.create(url() + path).toURL().openConnection();
    }

    private static String body(InputStream input) throws Exception {
        try (input) {
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
