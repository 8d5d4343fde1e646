package io.tidemark.cli.format;

import io.tidemark.contracts.avro.Trace;

/** One trace a line; empty lines are passed over. */
final class LineTraceReader implements TraceReader {

    private final LineReader lines;
    private final LineMapper mapper;

    LineTraceReader(LineReader lines, LineMapper mapper) {
        this.lines = lines;
        this.mapper = mapper;
    }

    @Override
    public Trace next() throws MalformedLineException {
        while (lines.next()) {
            if (!lines.isBlank()) {
                return mapper.map(lines);
            }
        }
        return null;
    }

    @Override
    public void close() {
        lines.close();
    }
}
