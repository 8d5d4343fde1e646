package io.tidemark.sink.insert;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.data_formats.RowBinaryFormatWriter;
import com.clickhouse.client.api.insert.InsertResponse;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.client.api.metadata.TableSchema;
import com.clickhouse.data.ClickHouseFormat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutionException;

/** The writer of the driver's second client: RowBinary, one call for each value; or bytes that were made with it before. */
public final class RowBinaryPath implements RowPath {

    private final Client client;
    private final Target target;

    public RowBinaryPath(Target target) {
        this.client = Clients.of(target);
        this.target = target;
    }

    @Override
    public void insert(String table, RowValues values, String token) {
        try (InsertResponse response = client.insert(
                        target.database() + "." + table,
                        values.names(),
                        out -> write(table, values, out),
                        ClickHouseFormat.RowBinary,
                        settings(token))
                .get()) {
            response.getWrittenRows();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InsertException("interrupted while inserting into " + table, e);
        } catch (ExecutionException e) {
            throw Clients.failure(table, e.getCause());
        }
    }

    /** Inserts bytes that {@link #encode} made of the same rows. */
    public void insertEncoded(String table, RowValues values, byte[] encoded, String token) {
        try (InsertResponse response = client.insert(
                        target.database() + "." + table,
                        values.names(),
                        new ByteArrayInputStream(encoded),
                        ClickHouseFormat.RowBinary,
                        settings(token))
                .get()) {
            response.getWrittenRows();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InsertException("interrupted while inserting into " + table, e);
        } catch (ExecutionException e) {
            throw Clients.failure(table, e.getCause());
        }
    }

    /** The rows in RowBinary. */
    public byte[] encode(String table, RowValues values) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            write(table, values, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        client.close();
    }

    private void write(String table, RowValues values, OutputStream out) throws IOException {
        TableSchema schema = new TableSchema(table, null, target.database(), values.columns());
        RowBinaryFormatWriter writer = new RowBinaryFormatWriter(out, schema, ClickHouseFormat.RowBinary);
        for (Object[] row : values.rows()) {
            for (int i = 0; i < row.length; i++) {
                writer.setValue(i + 1, row[i]);
            }
            writer.commitRow();
        }
    }

    private InsertSettings settings(String token) {
        InsertSettings settings = new InsertSettings().setDatabase(target.database());
        InsertOptions.of(target, token).forEach(settings::serverSetting);
        return settings;
    }
}
