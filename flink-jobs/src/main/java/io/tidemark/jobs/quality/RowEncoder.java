package io.tidemark.jobs.quality;

import io.tidemark.contracts.avro.QualityRow;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.jobs.quality.measure.CohortName;
import io.tidemark.jobs.quality.measure.QualityMeasures;
import io.tidemark.jobs.quality.measure.QualitySlice;
import io.tidemark.jobs.runtime.OutputRecord;
import io.tidemark.jobs.source.RegistryFactory;
import io.tidemark.registry.AvroSerializer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Writes rows for the quality topic. A revision is the time of its restatement: a repetition is the same revision. */
final class RowEncoder extends RichMapFunction<CohortRow, OutputRecord> {

    private static final long serialVersionUID = 1L;

    private final RegistryFactory registry;
    private final String topic;
    private transient AvroSerializer<QualityRow> rows;

    RowEncoder(RegistryFactory registry, String run) {
        this.registry = registry;
        this.topic = TopicCatalogue.QUALITY.nameInRun(run);
    }

    @Override
    public void open(OpenContext context) {
        rows = new AvroSerializer<>(registry.connect(), TopicCatalogue.QUALITY);
    }

    @Override
    public OutputRecord map(CohortRow row) {
        byte[] key = row.slice().getBytes(StandardCharsets.UTF_8);
        return OutputRecord.of(topic, key, rows.serialize(topic, avro(row)));
    }

    static QualityRow avro(CohortRow row) {
        QualitySlice slice = QualitySlice.parse(row.slice());
        CohortName name = CohortName.parse(row.cohort());
        return QualityRow.newBuilder()
                .setSliceLevel(slice.level())
                .setTenant(slice.tenant())
                .setVersionId(slice.version() == null ? null : slice.version().versionId())
                .setVersion(slice.version() == null ? null : slice.version().toAvro())
                .setIntent(slice.intent())
                .setRole(slice.role())
                .setGroupName(slice.groupName())
                .setGroupValue(slice.groupValue())
                .setCohortDay(Instant.ofEpochMilli(name.dayMillis()))
                .setLabelAgeDays(name.ageDays())
                .setMeasure(row.measure())
                .setCategory(name.category())
                .setUnit(name.unit())
                .setRevision(row.asOfMillis() / 1_000)
                .setAsOf(Instant.ofEpochMilli(row.asOfMillis()))
                .setFinal$(row.isFinal())
                .setN(row.suppressed() ? null : row.n())
                .setPopulation(row.suppressed() ? null : row.population())
                .setPopulationEstimate(known(row.populationEstimate()))
                .setCoverage(known(row.coverage()))
                .setEstimate(known(row.estimate()))
                .setLower(known(row.lower()))
                .setUpper(known(row.upper()))
                .setStandardError(known(row.standardError()))
                .setTotal(known(row.total()))
                .setEstimated(row.measure().equals(QualityMeasures.EXPECTED_ACCURACY))
                .setSuppressed(row.suppressed())
                .setWeights(known(row.weights()))
                .setWeightedValues(known(row.values()))
                .setSquaredWeights(known(row.squaredWeights()))
                .setSquaredWeightValues(known(row.squaredWeightValues()))
                .setSquaredWeightSquares(known(row.squaredWeightSquares()))
                .build();
    }

    private static Double known(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
