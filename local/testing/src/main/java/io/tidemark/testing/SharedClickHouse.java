package io.tidemark.testing;

import io.tidemark.stack.EmbeddedClickHouse;

/**
 * The ClickHouse of a test JVM.
 *
 * @param resource closes what was started; does nothing for a server that was given
 */
record SharedClickHouse(String httpUrl, String user, String password, Runnable resource) implements AutoCloseable {

    static SharedClickHouse start() {
        String url = System.getProperty("clickhouse.url");
        if (url != null) {
            System.out.println("Tests use the ClickHouse server at " + url);
            return new SharedClickHouse(
                    url,
                    System.getProperty("clickhouse.user", "default"),
                    System.getProperty("clickhouse.password", ""),
                    () -> {});
        }
        ScratchDirectory directory = ScratchDirectory.create("clickhouse-");
        EmbeddedClickHouse engine = EmbeddedClickHouse.start(directory.path(), 0);
        System.out.println("Tests use the embedded ClickHouse engine at " + engine.httpUrl());
        return new SharedClickHouse(engine.httpUrl(), engine.user(), engine.password(), () -> {
            engine.close();
            directory.close();
        });
    }

    @Override
    public void close() {
        resource.run();
    }
}
