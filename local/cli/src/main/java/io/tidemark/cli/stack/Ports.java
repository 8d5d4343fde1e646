package io.tidemark.cli.stack;

/**
 * Loopback ports of the embedded parts; 0 stands for a free one.
 *
 * @param kafka port of the broker
 * @param registry port of the schema registry
 * @param clickHouse port of ClickHouse's HTTP interface
 */
public record Ports(int kafka, int registry, int clickHouse) {

    /** Whatever is free. */
    public static Ports free() {
        return new Ports(0, 0, 0);
    }
}
