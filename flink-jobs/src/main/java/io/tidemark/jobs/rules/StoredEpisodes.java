package io.tidemark.jobs.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** The breaches of a rule as a record of the job's state, version 1: {@code 1 | last tick | breaches | findings that wait}. */
final class StoredEpisodes {

    private static final int VERSION = 1;
    private static final FindingSerializer FINDINGS = new FindingSerializer();

    private StoredEpisodes() {}

    static byte[] toBytes(long lastTickMillis, SortedMap<String, Episode> episodes, Collection<List<Finding>> waiting) {
        DataOutputSerializer output = new DataOutputSerializer(1_024);
        try {
            output.writeByte(VERSION);
            output.writeLong(lastTickMillis);
            output.writeInt(episodes.size());
            for (Map.Entry<String, Episode> entry : episodes.entrySet()) {
                write(entry.getKey(), entry.getValue(), output);
            }
            List<Finding> findings = waiting.stream().flatMap(List::stream).toList();
            output.writeInt(findings.size());
            for (Finding finding : findings) {
                FINDINGS.serialize(finding, output);
            }
            return output.getCopyOfBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }

    private static void write(String name, Episode episode, DataOutputSerializer output) throws IOException {
        output.writeUTF(name);
        output.writeLong(episode.onsetMillis);
        output.writeLong(episode.firstMillis);
        output.writeLong(episode.toldMillis);
        output.writeUTF(episode.parent);
        output.writeBoolean(episode.autoscaling);
        output.writeInt(episode.signal.length);
        output.write(episode.signal);
    }

    /** Reads a record; gives the last tick. */
    static long read(byte[] bytes, Map<String, Episode> episodes, Consumer<Finding> waiting) {
        DataInputDeserializer input = new DataInputDeserializer(bytes);
        try {
            int version = input.readByte();
            if (version != VERSION) {
                throw new IllegalStateException("the breaches of a rule have version %d; this build reads version %d"
                        .formatted(version, VERSION));
            }
            long lastTickMillis = input.readLong();
            int count = input.readInt();
            for (int i = 0; i < count; i++) {
                String name = input.readUTF();
                episodes.put(name, readEpisode(input));
            }
            int findings = input.readInt();
            for (int i = 0; i < findings; i++) {
                waiting.accept(FINDINGS.deserialize(input));
            }
            return lastTickMillis;
        } catch (IOException e) {
            throw new UncheckedIOException("the breaches of a rule cannot be read from the state", e);
        }
    }

    private static Episode readEpisode(DataInputDeserializer input) throws IOException {
        Episode episode = new Episode(input.readLong(), input.readLong());
        episode.toldMillis = input.readLong();
        episode.parent = input.readUTF();
        episode.autoscaling = input.readBoolean();
        episode.signal = new byte[input.readInt()];
        input.readFully(episode.signal);
        return episode;
    }
}
