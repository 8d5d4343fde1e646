package io.tidemark.cli.format;

import io.tidemark.contracts.avro.Trace;

/** Turns the line that a reader stands on into a trace. */
interface LineMapper {

    Trace map(LineReader line) throws MalformedLineException;
}
