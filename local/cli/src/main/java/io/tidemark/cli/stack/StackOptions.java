package io.tidemark.cli.stack;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Options of every command that needs a stack: where its data lies, and URLs of parts that are not embedded. */
public final class StackOptions {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:TIDEMARK_DATA:-.tidemark}",
            description = "Data directory of the embedded stack (default: ${DEFAULT-VALUE}).")
    private Path data;

    @Option(
            names = "--kafka-bootstrap-servers",
            paramLabel = "HOST:PORT,...",
            defaultValue = "${env:TIDEMARK_KAFKA_BOOTSTRAP_SERVERS}",
            description = "Use this Kafka cluster instead of an embedded broker.")
    private String kafkaBootstrapServers;

    @Option(
            names = "--kafka-property",
            paramLabel = "NAME=VALUE",
            description = "Client property for that cluster, for example security.protocol=SASL_SSL; may be repeated.")
    private final Map<String, String> kafkaProperties = new TreeMap<>();

    @Option(
            names = "--registry-url",
            paramLabel = "URL",
            defaultValue = "${env:TIDEMARK_REGISTRY_URL}",
            description = "Use this schema registry (Confluent REST API) instead of an embedded one.")
    private String registryUrl;

    @Option(
            names = "--clickhouse-url",
            paramLabel = "JDBC-URL",
            defaultValue = "${env:TIDEMARK_CLICKHOUSE_URL}",
            description =
                    "Use this ClickHouse, for example jdbc:clickhouse:http://host:8123/tidemark, instead of an embedded engine.")
    private String clickHouseUrl;

    @Option(
            names = "--clickhouse-user",
            paramLabel = "USER",
            defaultValue = "${env:TIDEMARK_CLICKHOUSE_USER:-default}",
            description = "User of that ClickHouse (default: default).")
    private String clickHouseUser;

    @Option(
            names = "--clickhouse-password",
            paramLabel = "PASSWORD",
            arity = "0..1",
            interactive = true,
            defaultValue = "${env:TIDEMARK_CLICKHOUSE_PASSWORD:-}",
            description =
                    "Password of that user; asked for when no value is given, else taken from TIDEMARK_CLICKHOUSE_PASSWORD.")
    private String clickHousePassword;

    @Option(
            names = "--minimum-free-disk",
            paramLabel = "MIB",
            defaultValue = "${env:TIDEMARK_MINIMUM_FREE_DISK:-256}",
            description = "Stop before the disk of the data directory has less than this left, in MiB (default: 256).")
    private long minimumFreeMebibytes;

    /** The data directory. */
    public DataDirectory data() {
        return new DataDirectory(data.toAbsolutePath().normalize());
    }

    /** The parts that are given by a URL. */
    public ExternalParts external() {
        return new ExternalParts(
                Optional.ofNullable(kafkaBootstrapServers),
                kafkaProperties,
                Optional.ofNullable(registryUrl),
                Optional.ofNullable(clickHouseUrl)
                        .map(url -> ClickHouseAccess.external(url, clickHouseUser, clickHousePassword)));
    }

    /** Free space, in bytes, below which nothing more is written to the data directory. */
    public long minimumFreeBytes() {
        return minimumFreeMebibytes * 1024 * 1024;
    }
}
