package io.tidemark.cli.terminal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * How far long work has come: a bar with rate and time left that is drawn again in place on a terminal, a plain line every few seconds
 * elsewhere.
 */
public final class ProgressBar {

    private static final int WIDTH = 30;
    private static final double FORESEEABLE_SHARE = 0.01;
    private static final Duration REDRAW = Duration.ofMillis(100);
    private static final Duration PLAIN_LINE = Duration.ofSeconds(5);
    private static final String CLEAR_LINE = "\r\u001b[2K";

    private final Terminal terminal;
    private final Clock clock;
    private final String activity;
    private final String unit;
    private final Instant start;
    private Instant drawn;
    private boolean lineIsOpen;

    /**
     * Starts the measurement of rate and time.
     *
     * @param activity what is done, such as "sending"
     * @param unit what is counted, such as "traces"
     */
    public ProgressBar(Terminal terminal, Clock clock, String activity, String unit) {
        this.terminal = terminal;
        this.clock = clock;
        this.activity = activity;
        this.unit = unit;
        this.start = clock.instant();
        this.drawn = start;
    }

    /**
     * Says how far the work has come; draws only when the last drawing is old enough.
     *
     * @param count units done
     * @param share share of the whole work, in [0, 1]; negative when unknown
     */
    public void update(long count, double share) {
        Instant now = clock.instant();
        Duration interval = terminal.errorIsTerminal() ? REDRAW : PLAIN_LINE;
        if (Duration.between(drawn, now).compareTo(interval) >= 0) {
            drawn = now;
            draw(text(count, share, Duration.between(start, now)));
        }
    }

    /** Draws the final state and ends the line. */
    public void finish(long count) {
        draw(text(count, 1, Duration.between(start, clock.instant())));
        close();
    }

    /** Ends an open line, so that other text may follow. */
    public void close() {
        if (lineIsOpen) {
            terminal.note("");
            lineIsOpen = false;
        }
    }

    private void draw(String text) {
        if (terminal.errorIsTerminal()) {
            terminal.error().print(CLEAR_LINE + text);
            terminal.error().flush();
            lineIsOpen = true;
        } else {
            terminal.note(text);
        }
    }

    String text(long count, double share, Duration elapsed) {
        double seconds = Math.max(elapsed.toMillis() / 1000.0, 0.001);
        String rate = String.format(Locale.ROOT, "%,d %s, %,.0f/s", count, unit, count / seconds);
        if (share < 0) {
            return "%s: %s".formatted(activity, rate);
        }
        String left = share >= 1 ? "in " + time(seconds) : left(share, seconds);
        String bar = terminal.errorIsTerminal() ? bar(share) : "";
        return String.format(Locale.ROOT, "%s: %s%3.0f %%, %s, %s", activity, bar, share * 100, rate, left);
    }

    private static String left(double share, double seconds) {
        return share < FORESEEABLE_SHARE ? "time left unknown" : time(seconds * (1 - share) / share) + " left";
    }

    private static String bar(double share) {
        int full = (int) Math.round(Math.min(1, share) * WIDTH);
        return "[" + "#".repeat(full) + " ".repeat(WIDTH - full) + "] ";
    }

    private static String time(double seconds) {
        long whole = Math.round(seconds);
        return whole < 60 ? whole + " s" : "%d min %02d s".formatted(whole / 60, whole % 60);
    }
}
