package io.tidemark.stack.registry;

/** An answer that is an error, with the codes of Confluent's REST interface. */
final class RegistryError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int code;

    private RegistryError(int code, String message) {
        super(message);
        this.code = code;
    }

    /** Code in the body. */
    int code() {
        return code;
    }

    /** HTTP status: the first three digits of the code. */
    int status() {
        return code < 1000 ? code : code / 100;
    }

    static RegistryError unknownSubject(String subject) {
        return new RegistryError(40401, "Subject '%s' not found.".formatted(subject));
    }

    static RegistryError unknownVersion(String version) {
        return new RegistryError(40402, "Version %s not found.".formatted(version));
    }

    static RegistryError unknownSchema() {
        return new RegistryError(40403, "Schema not found");
    }

    static RegistryError noCompatibilityOf(String subject) {
        return new RegistryError(
                40408, "Subject '%s' does not have subject-level compatibility configured".formatted(subject));
    }

    static RegistryError noModeOf(String subject) {
        return new RegistryError(40409, "Subject '%s' does not have subject-level mode configured".formatted(subject));
    }

    static RegistryError unknownPath(String path) {
        return new RegistryError(404, "HTTP 404 Not Found: this registry has no %s".formatted(path));
    }

    static RegistryError incompatible(String subject, String details) {
        return new RegistryError(
                409,
                "Schema being registered is incompatible with an earlier schema for subject \"%s\", details: %s"
                        .formatted(subject, details));
    }

    static RegistryError invalidSchema(String details) {
        return new RegistryError(42201, "Invalid schema: " + details);
    }

    static RegistryError invalidVersion(String version) {
        return new RegistryError(
                42202,
                "The specified version '%s' is not a valid version id; it must be 1 or more, or \"latest\""
                        .formatted(version));
    }

    static RegistryError invalidCompatibility(String level) {
        return new RegistryError(42203, "Invalid compatibility level '%s'".formatted(level));
    }

    static RegistryError invalidMode(String mode) {
        return new RegistryError(
                42204, "Invalid mode '%s'; this registry knows READWRITE and READONLY".formatted(mode));
    }

    static RegistryError readOnly(String subject) {
        return new RegistryError(42205, "Subject '%s' is in read-only mode".formatted(subject));
    }

    static RegistryError invalidBody(String details) {
        return new RegistryError(422, "The request body cannot be read: " + details);
    }

    static RegistryError store(String details) {
        return new RegistryError(50001, "Error in the backend data store: " + details);
    }
}
