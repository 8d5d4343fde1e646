package io.tidemark.console.http;

/**
 * One place that answers.
 *
 * @param method GET or POST
 * @param path exact path, or the start of paths when it ends with a slash and a star
 * @param name label in metrics
 * @param answer what it answers; may throw {@link RefusedException}
 */
public record Route(String method, String path, String name, Answer answer) {

    private static final String ANYTHING_BELOW = "/*";

    /** Answers calls. */
    @FunctionalInterface
    public interface Answer {
        Reply to(Call call);
    }

    /** A route for GET. */
    public static Route get(String path, String name, Answer answer) {
        return new Route("GET", path, name, answer);
    }

    /** A route for POST. */
    public static Route post(String path, String name, Answer answer) {
        return new Route("POST", path, name, answer);
    }

    boolean matches(String asked) {
        return path.endsWith(ANYTHING_BELOW)
                ? asked.startsWith(path.substring(0, path.length() - 1))
                : asked.equals(path);
    }
}
