package io.tidemark.console.api;

import io.tidemark.console.access.Access;
import io.tidemark.console.access.Tokens;
import io.tidemark.console.http.Call;
import io.tidemark.console.http.RefusedException;
import io.tidemark.console.http.Reply;
import io.tidemark.console.http.Route;
import io.tidemark.console.query.ClickHouse;
import io.tidemark.console.query.Parameter;
import io.tidemark.console.query.Rows;
import io.tidemark.console.query.Statement;
import io.tidemark.console.query.StatementCatalogue;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A path for each statement of the catalogue, one that says what a token opens, and the document that describes them all. */
public final class ReadEndpoints {

    private final Tokens tokens;
    private final AnswerCache answers;
    private final Targets targets;
    private final boolean canCommand;
    private final Clock clock;

    /**
     * The endpoints.
     *
     * @param canCommand whether there is a Kafka to command through
     */
    public ReadEndpoints(Tokens tokens, ClickHouse clickHouse, Targets targets, boolean canCommand, Clock clock) {
        this.tokens = tokens;
        this.canCommand = canCommand;
        this.answers = new AnswerCache(clickHouse, clock);
        this.targets = targets;
        this.clock = clock;
    }

    /** Their routes. */
    public List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        for (Statement statement : StatementCatalogue.ofTheApi()) {
            routes.add(Route.get(OpenApi.path(statement), statement.name(), call -> answer(statement, call)));
        }
        routes.add(Route.get(OpenApi.SESSION, "session", this::session));
        routes.add(Route.get(OpenApi.DOCUMENT, "openapi", call -> Reply.json(OpenApi.document())));
        return routes;
    }

    private Reply answer(Statement statement, Call call) {
        Access access = tokens.access(call);
        call.parameters().keySet().forEach(name -> requireKnown(statement, name));
        Statement.Filled filled =
                statement.fill(access.scope(call.parameters().getOrDefault("tenant", "")), call.parameters(), clock);
        Rows rows = answers.ask(filled);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("title", statement.title());
        document.put("rows", rows.rows());
        document.put("columns", rows.columns());
        document.put("sql", rows.sql());
        document.put("next", next(filled, rows.rows().size()));
        return Reply.json(document);
    }

    private static void requireKnown(Statement statement, String name) {
        if (statement.parameters().stream().noneMatch(each -> each.name().equals(name))) {
            throw RefusedException.malformed("there is no such parameter; there are "
                    + statement.parameters().stream().map(each -> each.name()).toList());
        }
    }

    /** Where the next page begins; null when this one was not full, or there are no pages. */
    private static Integer next(Statement.Filled filled, int rows) {
        String limit = filled.values().get("limit");
        return limit == null || rows < Integer.parseInt(limit)
                ? null
                : (Integer) (Integer.parseInt(filled.values().get("offset")) + rows);
    }

    private Reply session(Call call) {
        Access access = tokens.access(call);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("tenant", access.seesAll() ? null : access.tenant());
        document.put("targets", targets);
        document.put("mayRollBack", canCommand && access.commander().isPresent());
        document.put("now", Parameter.steady(clock).toString());
        return Reply.json(document);
    }
}
