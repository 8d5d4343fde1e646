package io.tidemark.cli.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.statistics.attribution.VersionCell;
import io.tidemark.statistics.counts.BinomialCounts;
import io.tidemark.statistics.counts.Moments;
import io.tidemark.statistics.counts.Totals;
import io.tidemark.statistics.counts.TwoArmCounts;
import io.tidemark.statistics.counts.TwoArmMoments;
import io.tidemark.statistics.sequential.BettingState;
import io.tidemark.statistics.sequential.CusumDetector;
import io.tidemark.statistics.sequential.EmpiricalBernsteinSequence;
import io.tidemark.statistics.sequential.OnsetEvidence;
import io.tidemark.statistics.sequential.OnsetMixtureEProcess;
import io.tidemark.statistics.sequential.RateRatioEProcess;
import io.tidemark.statistics.trend.DailyTotals;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.runtime.PojoSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Flink keeps the states of the statistics field by field, without Kryo, and gives them back as they were. */
class StateSerializersTest {

    static List<Object> states() {
        TwoArmCounts pane = new TwoArmCounts(3, 20, 5, 300);
        RateRatioEProcess rateRatio = RateRatioEProcess.usual();
        OnsetMixtureEProcess onset = OnsetMixtureEProcess.usual(8_640);
        OnsetEvidence evidence = onset.update(onset.start(), pane);
        EmpiricalBernsteinSequence betting = EmpiricalBernsteinSequence.usual(0.05);
        BettingState bets = betting.update(betting.start(), 0.8);
        Moments moments = Moments.NONE.plus(1.5).plus(2);
        Totals totals = Totals.NONE.plus(1.5).plus(2);
        return List.of(
                pane,
                new BinomialCounts(3, 4),
                moments,
                new TwoArmMoments(moments, Moments.NONE),
                totals,
                new DailyTotals(20_000, totals),
                rateRatio.update(rateRatio.start(), pane),
                onset.start(),
                evidence,
                bets,
                new CusumDetector.Sum(1.25),
                VersionCell.of(List.of(true, false), new BinomialCounts(1, 9)));
    }

    @ParameterizedTest
    @MethodSource("states")
    <T> void roundTripsWithoutGenericTypes(T state) throws IOException {
        SerializerConfigImpl config = new SerializerConfigImpl();
        config.setGenericTypes(false);
        @SuppressWarnings("unchecked")
        Class<T> type = (Class<T>) state.getClass();
        TypeSerializer<T> serializer = TypeInformation.of(type).createSerializer(config);
        assertThat(serializer).isInstanceOf(PojoSerializer.class);
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(state, out);
        assertThat(serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer())))
                .isEqualTo(state);
    }
}
