package io.tidemark.jobs.drift;

/**
 * What the texts of a slice and window scored on average; each is NaN when it is not known.
 *
 * @param centroidDistance cosine distance to the centroid of the tenant's baseline
 * @param topicDistance distance to the nearest topic
 * @param topicMargin how much farther the second nearest topic is
 * @param responseCosine cosine of prompt and response
 */
public record TextScores(double centroidDistance, double topicDistance, double topicMargin, double responseCosine) {

    /** Of tests that are not about texts. */
    public static final TextScores NONE = new TextScores(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
}
