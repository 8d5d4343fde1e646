package io.tidemark.stack.registry;

/** Whether schemas may be registered. */
enum Mode {
    READWRITE,
    READONLY;

    static Mode parse(String name) {
        for (Mode mode : values()) {
            if (mode.name().equals(name)) {
                return mode;
            }
        }
        throw RegistryError.invalidMode(name);
    }
}
