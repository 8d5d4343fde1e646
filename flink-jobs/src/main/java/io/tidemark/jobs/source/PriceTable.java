package io.tidemark.jobs.source;

import io.tidemark.contracts.trace.Dimension;
import io.tidemark.contracts.trace.Fingerprint;
import io.tidemark.contracts.trace.InferenceEvent;
import io.tidemark.contracts.trace.ProjectedTrace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * List prices by provider, model and date: fills the cost of a call whose producer did not tell it. Input tokens that came
 * from a cache have their own price; when their number is unknown, all input is charged in full, so that the estimate is
 * never too low. Reasoning tokens are part of the output. Without a number of input and output tokens there is no cost.
 */
public final class PriceTable {

    private static final String HEADER = "provider,model,valid_from,input_usd,cached_input_usd,output_usd";
    private static final String STANDARD = "prices-v1.csv";
    private static final String ANY_PROVIDER = "*";
    private static final int COLUMNS = 6;
    private static final long TOKENS_PER_PRICE = 1_000_000;
    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);
    private static final long MICROS_PER_SECOND = 1_000_000;

    /** Prices of a million tokens in nano-USD. */
    private record Price(long input, long cachedInput, long output) {}

    private final Map<Long, TreeMap<Long, Price>> byModel = new HashMap<>();

    private PriceTable() {}

    /** The table that Tidemark brings along. */
    public static PriceTable standard() {
        try (InputStream stream = PriceTable.class.getResourceAsStream(STANDARD)) {
            return read(stream, STANDARD);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + STANDARD, e);
        }
    }

    /**
     * A table of one's own.
     *
     * @throws IllegalArgumentException when a line is wrong; the message names file, line and column
     */
    public static PriceTable of(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            return read(stream, file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the price table " + file, e);
        }
    }

    /** Fills the cost when it is unknown and can be told. */
    void fill(ProjectedTrace trace) {
        InferenceEvent event = trace.event();
        boolean unpriced =
                event.costNanoUsd == InferenceEvent.UNKNOWN && event.inputTokens >= 0 && event.outputTokens >= 0;
        if (!unpriced) {
            return;
        }
        Price price = price(trace);
        if (price != null) {
            event.costNanoUsd = cost(event, price);
            event.costEstimated = 1;
        }
    }

    private static long cost(InferenceEvent event, Price price) {
        long cached = Math.min(Math.max(event.cachedTokens, 0), event.inputTokens);
        long nanosForMillion = (event.inputTokens - cached) * price.input
                + cached * price.cachedInput
                + event.outputTokens * price.output;
        return (nanosForMillion + TOKENS_PER_PRICE / 2) / TOKENS_PER_PRICE;
    }

    private Price price(ProjectedTrace trace) {
        long model = trace.fingerprint(Dimension.BASE_MODEL);
        TreeMap<Long, Price> prices = byModel.get(key(trace.fingerprint(Dimension.PROVIDER), model));
        if (prices == null) {
            prices = byModel.get(key(fingerprint(ANY_PROVIDER), model));
        }
        Map.Entry<Long, Price> valid = prices == null ? null : prices.floorEntry(trace.event().eventTimeMicros);
        return valid == null ? null : valid.getValue();
    }

    private static PriceTable read(InputStream stream, String file) throws IOException {
        PriceTable table = new PriceTable();
        BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
        boolean headerSeen = false;
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (headerSeen) {
                table.add(line.split(",", -1), file, number);
            } else if (line.equals(HEADER)) {
                headerSeen = true;
            } else {
                throw wrong(file, number, 1, "the first line must be '%s'".formatted(HEADER));
            }
        }
        return table;
    }

    private void add(String[] cells, String file, int line) {
        if (cells.length != COLUMNS) {
            throw wrong(file, line, cells.length, "expected %d columns, got %d".formatted(COLUMNS, cells.length));
        }
        long validFrom;
        try {
            validFrom =
                    LocalDate.parse(cells[2].strip()).atStartOfDay().toEpochSecond(ZoneOffset.UTC) * MICROS_PER_SECOND;
        } catch (DateTimeParseException e) {
            throw wrong(file, line, 3, "'%s' is no date; example: 2026-01-31".formatted(cells[2]));
        }
        Price price = new Price(nanos(cells, 3, file, line), nanos(cells, 4, file, line), nanos(cells, 5, file, line));
        byModel.computeIfAbsent(
                        key(fingerprint(cells[0].strip()), fingerprint(cells[1].strip())), unused -> new TreeMap<>())
                .put(validFrom, price);
    }

    private static long nanos(String[] cells, int column, String file, int line) {
        try {
            BigDecimal price = new BigDecimal(cells[column].strip());
            if (price.signum() >= 0) {
                return price.multiply(NANOS).setScale(0, RoundingMode.HALF_UP).longValueExact();
            }
        } catch (NumberFormatException | ArithmeticException e) {
            // falls through to the message below, which names the place
        }
        throw wrong(file, line, column + 1, "'%s' is no price in US dollars".formatted(cells[column]));
    }

    private static long key(long provider, long model) {
        return provider * 31 + model;
    }

    private static long fingerprint(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Fingerprint.of(bytes, 0, bytes.length);
    }

    private static IllegalArgumentException wrong(String file, int line, int column, String what) {
        return new IllegalArgumentException(
                "price table %s, line %d, column %d: %s".formatted(file, line, column, what));
    }
}
