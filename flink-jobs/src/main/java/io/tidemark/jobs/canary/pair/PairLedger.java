package io.tidemark.jobs.canary.pair;

import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The answers of one trace that wait for their counterparts, and the pairs that wait for a judge. A trace is looked at when a
 * pane ends: the k-th answer of the shadow, in the order of event time, is held against the k-th of production. So the order in
 * which answers come changes nothing.
 */
public final class PairLedger {

    private static final byte VERSION = 2;

    /** Knew of one judge's word only. */
    private static final byte WITH_ONE_WORD = 1;

    private static final double AGREES_FROM = 0.5;
    private static final int MOST_ANSWERS = 128;
    private static final long MICROS_PER_MILLI = 1_000;

    private final List<Answer> answers = new ArrayList<>();
    private final Map<AgreementRule, Word> words = new EnumMap<>(AgreementRule.class);
    private final double leastCosine;

    /** What a judge says by one rule, and the pairs that wait for it. */
    private static final class Word {
        private final List<Answer> unjudged = new ArrayList<>();
        private double score = Double.NaN;
        private long knownMillis;
    }

    /**
     * A ledger of nothing.
     *
     * @param leastCosine cosine from which on two answers agree
     */
    public PairLedger(double leastCosine) {
        this.leastCosine = leastCosine;
        AgreementRule.JUDGED.forEach(rule -> words.put(rule, new Word()));
    }

    /** Takes what a trace says to a shadow. */
    @FunctionalInterface
    public interface Target {
        /**
         * Called for each shadow that there is something to say about.
         *
         * @param about an answer of the shadow's release
         */
        void take(Answer about, PairSums sums);
    }

    /**
     * Takes in an answer.
     *
     * @return false when the trace holds too many, and it was left out
     */
    public boolean add(Answer answer) {
        return answers.size() < MOST_ANSWERS && answers.add(answer);
    }

    /**
     * Pairs what was answered before the end of a pane.
     *
     * @param paneStartMillis start of the pane, whose answers are now seen for the first time
     */
    public void close(long paneStartMillis, long paneEndMillis, Target target) {
        Map<String, List<Answer>> byRelease = new TreeMap<>();
        for (Answer answer : answers) {
            if (answer.eventMicros() < paneEndMillis * MICROS_PER_MILLI) {
                byRelease
                        .computeIfAbsent(answer.releaseId(), unused -> new ArrayList<>())
                        .add(answer);
            }
        }
        byRelease.values().forEach(own -> {
            PairSums sums = new PairSums();
            own.stream()
                    .filter(answer -> answer.eventMicros() >= paneStartMillis * MICROS_PER_MILLI)
                    .forEach(sums::seen);
            pair(own, sums);
            target.take(own.get(0), sums);
        });
    }

    private void pair(List<Answer> own, PairSums sums) {
        List<Answer> shadows =
                own.stream().filter(Answer::isShadow).sorted(Answer.ORDER).toList();
        List<Answer> productions = own.stream()
                .filter(answer -> !answer.isShadow())
                .sorted(Answer.ORDER)
                .toList();
        for (int i = 0; i < Math.min(shadows.size(), productions.size()); i++) {
            Answer shadow = shadows.get(i);
            Answer production = productions.get(i);
            answers.remove(shadow);
            answers.remove(production);
            sums.paired(shadow, production);
            compare(shadow, production, sums);
        }
    }

    private void compare(Answer shadow, Answer production, PairSums sums) {
        if (shadow.text() != AnswerText.UNKNOWN && production.text() != AnswerText.UNKNOWN) {
            decide(AgreementRule.EXACT, shadow, shadow.text() == production.text() ? 1 : 0, sums);
        }
        words.forEach((rule, word) -> {
            if (shadow.waitsFor(rule) && Double.isNaN(word.score)) {
                word.unjudged.add(shadow);
            } else if (shadow.waitsFor(rule)) {
                decide(rule, shadow, word.score, sums);
            }
        });
    }

    private void decide(AgreementRule rule, Answer shadow, double score, PairSums sums) {
        boolean agrees = score >= (rule == AgreementRule.EMBEDDING ? leastCosine : AGREES_FROM);
        sums.judged(rule, shadow.session(), agrees);
        if (!agrees) {
            sums.name(new Disagreement(rule, shadow.traceId(), shadow.intent(), shadow.eventMicros(), 1 - score));
        }
    }

    /**
     * Takes a judge's word on the trace; the first one by a rule counts.
     *
     * @param score 1 for answers that agree, 0 for answers that do not; by {@link AgreementRule#EMBEDDING} their cosine
     */
    public void judge(AgreementRule rule, double score, long knownMillis, Target target) {
        Word word = words.get(rule);
        if (!Double.isNaN(word.score)) {
            return;
        }
        word.score = score;
        word.knownMillis = knownMillis;
        for (Answer shadow : word.unjudged) {
            PairSums sums = new PairSums();
            decide(rule, shadow, score, sums);
            target.take(shadow, sums);
        }
        word.unjudged.clear();
    }

    /**
     * Forgets what has waited too long.
     *
     * @param answeredBeforeMillis answers from before this time get no counterpart any more
     * @param judgedBeforeMillis pairs and words from before this time are given up
     * @return answers and pairs that were given up
     */
    public int forget(long answeredBeforeMillis, long judgedBeforeMillis) {
        int before = waiting();
        drop(answers, answeredBeforeMillis);
        for (Word word : words.values()) {
            drop(word.unjudged, judgedBeforeMillis);
            if (word.knownMillis < judgedBeforeMillis) {
                word.score = Double.NaN;
            }
        }
        return before - waiting();
    }

    private int waiting() {
        return answers.size()
                + words.values().stream().mapToInt(word -> word.unjudged.size()).sum();
    }

    private static void drop(List<Answer> from, long beforeMillis) {
        for (Iterator<Answer> each = from.iterator(); each.hasNext(); ) {
            if (each.next().eventMicros() < beforeMillis * MICROS_PER_MILLI) {
                each.remove();
            }
        }
    }

    /** Whether nothing waits. */
    public boolean isEmpty() {
        return waiting() == 0 && words.values().stream().allMatch(word -> Double.isNaN(word.score));
    }

    /** This ledger as bytes. */
    public byte[] toBytes() {
        ByteWriter writer = new ByteWriter(256);
        writer.writeByte(VERSION);
        write(answers, writer);
        for (Word word : words.values()) {
            write(word.unjudged, writer);
            writer.writeDouble(word.score);
            writer.writeSigned(word.knownMillis);
        }
        return writer.toByteArray();
    }

    private static void write(List<Answer> list, ByteWriter writer) {
        writer.writeUnsigned(list.size());
        for (Answer answer : list) {
            byte[] bytes = answer.toBytes();
            writer.writeUnsigned(bytes.length);
            writer.writeBytes(bytes, 0, bytes.length);
        }
    }

    /** A ledger from bytes; an empty one from nothing. {@code leastCosine} as in the constructor. */
    public static PairLedger fromBytes(byte[] bytes, double leastCosine) {
        PairLedger ledger = new PairLedger(leastCosine);
        if (bytes == null) {
            return ledger;
        }
        ByteReader reader = new ByteReader().over(bytes, 0, bytes.length);
        int version = reader.readByte();
        if (version != VERSION && version != WITH_ONE_WORD) {
            throw new IllegalStateException("pairs of version %d; this release reads %d".formatted(version, VERSION));
        }
        read(ledger.answers, reader, bytes);
        for (Map.Entry<AgreementRule, Word> word : ledger.words.entrySet()) {
            if (version == VERSION || word.getKey() == AgreementRule.JUDGE) {
                read(word.getValue().unjudged, reader, bytes);
                word.getValue().score = Double.longBitsToDouble(reader.readLong());
                word.getValue().knownMillis = reader.readSigned();
            }
        }
        return ledger;
    }

    private static void read(List<Answer> list, ByteReader reader, byte[] bytes) {
        for (long left = reader.readUnsigned(); left > 0; left--) {
            int length = (int) reader.readUnsigned();
            byte[] answer = Arrays.copyOfRange(bytes, reader.position(), reader.position() + length);
            list.add(Answer.fromBytes(answer));
            reader.skip(length);
        }
    }
}
