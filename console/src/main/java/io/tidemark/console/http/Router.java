package io.tidemark.console.http;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands requests to routes and writes what they answer. Logs name the route and never the query string, a header or a body: tokens and
 * texts of people could be in them.
 */
public final class Router extends Handler.Abstract {

    private static final Logger LOGGER = LoggerFactory.getLogger(Router.class);
    private static final int LARGEST_BODY = 64 << 10;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int TOO_LARGE = 413;
    private static final int FAILED = 500;

    /** Scripts, styles and data come from this server alone; nobody may frame the pages. */
    private static final Map<String, String> SECURITY = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
                    + "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Permissions-Policy",
            "camera=(), geolocation=(), microphone=()");

    private final List<Route> routes;
    private final MeterRegistry meters;

    public Router(List<Route> routes, MeterRegistry meters) {
        this.routes = List.copyOf(routes);
        this.meters = meters;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        long start = System.nanoTime();
        List<Route> candidates = routes.stream()
                .filter(each -> each.matches(Request.getPathInContext(request)))
                .toList();
        Route route = candidates.stream()
                .filter(each -> isMethod(each, request.getMethod()))
                .findFirst()
                .orElse(null);
        Reply reply = candidates.isEmpty()
                ? Reply.error(404, "there is nothing at this path; /api/v1/openapi.json lists what there is")
                : route == null
                        ? Reply.error(METHOD_NOT_ALLOWED, "this method is not taken here")
                        : answer(route, request);
        write(request, response, reply, callback);
        count(route, reply, System.nanoTime() - start);
        return true;
    }

    private static boolean isMethod(Route route, String method) {
        return route.method().equals(method) || route.method().equals("GET") && method.equals("HEAD");
    }

    private static Reply answer(Route route, Request request) {
        try {
            return route.answer().to(call(request));
        } catch (RefusedException e) {
            return Reply.error(e.status(), e.getMessage());
        } catch (RuntimeException e) { // the last one who can turn a fault into an answer
            LOGGER.error("the route {} failed", route.name(), e);
            return Reply.error(FAILED, "this is a fault of the console; its log says more");
        }
    }

    private static Call call(Request request) {
        return new Call(
                Request.getPathInContext(request),
                parameters(request),
                name -> request.getHeaders().get(name),
                request.getMethod().equals("POST") ? body(request) : new byte[0]);
    }

    private static Map<String, String> parameters(Request request) {
        Fields fields;
        try {
            fields = Request.extractQueryParameters(request);
        } catch (IllegalArgumentException | HttpException.IllegalStateException | HttpException.RuntimeException e) {
            throw RefusedException.malformed("the query string cannot be read");
        }
        Map<String, String> parameters = new HashMap<>();
        for (Fields.Field field : fields) {
            if (field.getValues().size() > 1) {
                throw RefusedException.malformed("a parameter is given twice");
            }
            parameters.put(field.getName(), field.getValue());
        }
        return parameters;
    }

    private static byte[] body(Request request) {
        try (InputStream input = Content.Source.asInputStream(request)) {
            byte[] body = input.readNBytes(LARGEST_BODY + 1);
            if (body.length > LARGEST_BODY) {
                throw new RefusedException(TOO_LARGE, "the body has more than %d bytes".formatted(LARGEST_BODY));
            }
            return body;
        } catch (IOException e) {
            throw RefusedException.malformed("the body broke off");
        }
    }

    private static void write(Request request, Response response, Reply reply, Callback callback) {
        response.setStatus(reply.status());
        SECURITY.forEach((name, value) -> response.getHeaders().put(name, value));
        reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.contentType());
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, reply.body().length);
        boolean isBodyWanted = !request.getMethod().equals("HEAD");
        response.write(true, isBodyWanted ? ByteBuffer.wrap(reply.body()) : ByteBuffer.allocate(0), callback);
    }

    private void count(Route route, Reply reply, long nanos) {
        meters.timer(
                        "tidemark.console.requests",
                        "route",
                        route == null ? "none" : route.name(),
                        "status",
                        Integer.toString(reply.status()))
                .record(nanos, TimeUnit.NANOSECONDS);
    }
}
