package io.tidemark.cli.stack;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.tidemark.cli.CommandFailure;
import io.tidemark.stack.EmbeddedClickHouse;
import java.net.URI;

/**
 * How to reach ClickHouse.
 *
 * @param jdbcUrl URL for JDBC clients, with the database
 * @param user user that may write
 * @param password password of that user
 * @param analystUser user that may only read, for BI tools
 * @param analystPassword password of that user
 */
public record ClickHouseAccess(
        String jdbcUrl, String user, String password, String analystUser, String analystPassword) {

    private static final String DEFAULT_DATABASE = "tidemark";

    static ClickHouseAccess external(String url, String user, String password) {
        String jdbcUrl = url.startsWith("jdbc:") ? url : "jdbc:clickhouse:" + url;
        return new ClickHouseAccess(jdbcUrl, user, password, user, password);
    }

    static ClickHouseAccess of(EmbeddedClickHouse engine) {
        return new ClickHouseAccess(
                engine.jdbcUrl(), engine.user(), engine.password(), engine.analystUser(), engine.analystPassword());
    }

    /**
     * The HTTP interface behind the JDBC URL, without a path.
     *
     * @throws CommandFailure when the URL is none of ClickHouse's
     */
    @JsonIgnore
    public URI httpUrl() {
        URI address = address();
        return URI.create("%s://%s:%d".formatted(address.getScheme(), address.getHost(), address.getPort()));
    }

    /** Database of the JDBC URL. */
    @JsonIgnore
    public String database() {
        String path = address().getPath();
        return path == null || path.length() <= 1 ? DEFAULT_DATABASE : path.substring(1);
    }

    private URI address() {
        String rest = jdbcUrl.replaceFirst("^jdbc:(clickhouse|ch):", "");
        URI address = URI.create(rest.startsWith("//") ? "http:" + rest : rest);
        if (address.getHost() == null || address.getPort() < 0) {
            throw new CommandFailure(
                    "'%s' is not a ClickHouse URL; example: jdbc:clickhouse:http://localhost:8123/tidemark"
                            .formatted(jdbcUrl));
        }
        return address;
    }
}
