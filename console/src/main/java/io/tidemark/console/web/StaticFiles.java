package io.tidemark.console.web;

import io.tidemark.console.http.Call;
import io.tidemark.console.http.RefusedException;
import io.tidemark.console.http.Reply;
import io.tidemark.console.http.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Serves the pages. They hold no data and no secret, so that they need no token. */
public final class StaticFiles {

    private static final String FOLDER = "files";
    private static final Pattern NAMES = Pattern.compile("/(assets/)?[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml");
    private static final String INDEX = "/index.html";
    private static final int OK = 200;

    /** The one route of everything that is not the API. */
    public List<Route> routes() {
        return List.of(Route.get("/*", "pages", StaticFiles::answer));
    }

    private static Reply answer(Call call) {
        String path = call.path().equals("/") ? INDEX : call.path();
        String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        if (!NAMES.matcher(path).matches() || type == null) {
            throw nothing();
        }
        try (InputStream input = StaticFiles.class.getResourceAsStream(FOLDER + path)) {
            if (input == null) {
                throw nothing();
            }
            // names of assets hold a hash of their content
            String caching = path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache";
            return new Reply(OK, type, input.readAllBytes(), Map.of("Cache-Control", caching));
        } catch (IOException e) {
            throw new UncheckedIOException("a page cannot be read from the class path", e);
        }
    }

    private static RefusedException nothing() {
        return RefusedException.notFound("there is nothing at this path; /api/v1/openapi.json lists what there is");
    }
}
