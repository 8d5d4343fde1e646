package io.tidemark.console.access;

import io.tidemark.console.http.Call;
import io.tidemark.console.http.RefusedException;
import io.tidemark.platform.access.Credentials;
import io.tidemark.platform.access.KeyRing;
import java.nio.file.Path;
import java.util.Optional;

/** The tokens that open the console. */
public final class Tokens {

    private static final int UNAUTHENTICATED = 401;

    private final KeyRing<Access> keys;

    /**
     * Reads the tokens.
     *
     * @param file file of tokens, if any
     * @param text further tokens, in the form of the file
     * @throws IllegalArgumentException when the file is missing or wrong, or there is no token at all
     */
    public Tokens(Optional<Path> file, String text) {
        keys = new KeyRing<>(file, text, Access::granted);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no token; make one with `tidemark ingest key TENANT` (or '*' for all tenants) and name its file with console.tokens-file");
        }
    }

    /** Reads the file again when it has changed. */
    public void refresh() {
        keys.refresh();
    }

    /**
     * What the token of a request opens.
     *
     * @throws RefusedException 401 when there is none, or it is unknown
     */
    public Access access(Call call) {
        return access(call, null);
    }

    /**
     * What the token of a request opens.
     *
     * @param inBody token that the body holds, for clients that cannot set headers; null for none
     * @throws RefusedException 401 when there is none, or it is unknown
     */
    public Access access(Call call, String inBody) {
        String token = Credentials.key(call.header())
                .or(() -> Optional.ofNullable(inBody))
                .orElseThrow(() -> new RefusedException(
                        UNAUTHENTICATED, "no token came with the request; send it as Authorization: Bearer TOKEN"));
        return keys.access(token).orElseThrow(() -> new RefusedException(UNAUTHENTICATED, "the token is not known"));
    }
}
