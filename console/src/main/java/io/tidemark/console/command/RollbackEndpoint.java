package io.tidemark.console.command;

import io.tidemark.console.access.Access;
import io.tidemark.console.access.Tokens;
import io.tidemark.console.http.Call;
import io.tidemark.console.http.RefusedException;
import io.tidemark.console.http.Reply;
import io.tidemark.console.http.Route;
import io.tidemark.contracts.avro.Verdict;
import io.tidemark.contracts.release.ReleaseRefusedException;
import io.tidemark.contracts.release.RolloutHistory;
import io.tidemark.registry.ReleaseLog;
import io.tidemark.registry.ReleaseLogException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commands the rollback of a release as {@code tidemark release rollback} does: through the same topic, so that alert, guards and audit are
 * those of every rollback. It takes the token from the header only, which no other site can make a browser send.
 */
public final class RollbackEndpoint {

    /** Its path. */
    public static final String PATH = "/api/v1/rollback";

    private static final Logger LOGGER = LoggerFactory.getLogger(RollbackEndpoint.class);
    private static final int ACCEPTED = 202;
    private static final int CONFLICT = 409;

    private final Tokens tokens;
    private final Optional<ReleaseLog> releases;
    private final Clock clock;

    /**
     * The endpoint.
     *
     * @param releases where commands go; empty when this console has no Kafka
     */
    public RollbackEndpoint(Tokens tokens, Optional<ReleaseLog> releases, Clock clock) {
        this.tokens = tokens;
        this.releases = releases;
        this.clock = clock;
    }

    /** Its route. */
    public List<Route> routes() {
        return List.of(Route.post(PATH, "rollback", this::rollBack));
    }

    private Reply rollBack(Call call) {
        Access access = tokens.access(call);
        String actor = access.commander()
                .orElseThrow(() ->
                        RefusedException.forbidden("this token only reads; docs/console.md says how one may command"));
        ReleaseLog log = releases.orElseThrow(() -> RefusedException.unavailable(
                "this console has no Kafka to command through: set kafka.bootstrap-servers and registry.url"));
        RollbackRequest request = RollbackRequest.of(call);
        Verdict command = commanded(log, request, access, actor);
        LOGGER.info(
                "rollback of release {} commanded by {}, decision {}",
                command.getReleaseId(),
                actor,
                command.getDecisionId());
        return Reply.json(
                ACCEPTED, Map.of("release_id", command.getReleaseId(), "decision_id", command.getDecisionId()));
    }

    /** One at a time, so that of two equal commands the second finds the release rolled back. */
    private synchronized Verdict commanded(ReleaseLog log, RollbackRequest request, Access access, String actor) {
        try {
            RolloutHistory history = RolloutHistory.find(request.release(), log.releases(), List.of())
                    .filter(found -> access.opens(found.started().getTenant()))
                    .orElseThrow(() -> RefusedException.notFound("there is no such release"));
            return log.rollBack(history, clock.instant(), actor, request.reason(), null);
        } catch (ReleaseRefusedException e) {
            throw new RefusedException(CONFLICT, e.getMessage());
        } catch (ReleaseLogException e) {
            LOGGER.warn("a rollback of release {} was not sent", request.release(), e);
            throw RefusedException.unavailable("Kafka does not answer; the rollback is not known to be commanded");
        }
    }
}
