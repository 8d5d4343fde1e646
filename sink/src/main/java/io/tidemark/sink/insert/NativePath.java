package io.tidemark.sink.insert;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.insert.InsertResponse;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.data.ClickHouseFormat;
import io.tidemark.sink.column.NativeBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** Sends the columns as they are, in ClickHouse's Native format. The path that the sink uses. */
public final class NativePath implements InsertPath {

    private final Client client;
    private final Target target;

    public NativePath(Target target) {
        this.client = Clients.of(target);
        this.target = target;
    }

    @Override
    public void insert(String table, NativeBlock block, String token) {
        InsertSettings settings = new InsertSettings().setDatabase(target.database());
        InsertOptions.of(target, token).forEach(settings::serverSetting);
        List<String> names = new ArrayList<>();
        block.names().forEach(name -> names.add('`' + name + '`'));
        try (InsertResponse response = client.insert(
                        target.database() + "." + table, names, block::writeTo, ClickHouseFormat.Native, settings)
                .get()) {
            response.getWrittenRows();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InsertException("interrupted while inserting into " + table, e);
        } catch (ExecutionException e) {
            throw Clients.failure(table, e.getCause());
        } catch (RuntimeException e) {
            throw Clients.failure(table, e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
