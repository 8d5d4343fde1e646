package io.tidemark.cli.format;

/** A kind of file of recorded traffic. */
public interface ReplayFormat {

    /** Name for {@code --format}. */
    String id();

    /** What the file looks like, one line for people. */
    String description();

    /**
     * Starts reading a file; memory does not grow with it.
     *
     * @throws io.tidemark.cli.CommandFailure when the file is not of this format at all, or cannot be read
     */
    TraceReader open(ReplayFile file, ReplayOptions options);
}
