package io.tidemark.jobs.rules.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The rules that come along: the files of the folder {@code alert-rules}, as they were when this was built. */
public final class ShippedRules {

    private static final String FOLDER = "shipped";
    private static final String ENDING = ".yaml";

    private ShippedRules() {}

    /** Text of each file that is for every service, by its name. */
    public static Map<String, String> texts() {
        return textsIn(FOLDER);
    }

    /** Text of each file for one kind of service, which is published only when somebody says so, by its name. */
    public static Map<String, String> textsFor(String service) {
        return textsIn(FOLDER + "/" + service);
    }

    private static Map<String, String> textsIn(String name) {
        URL folder = ShippedRules.class.getResource(name);
        if (folder == null) {
            throw new IllegalStateException("this build holds no rules; it is incomplete");
        }
        try {
            URI location = folder.toURI();
            if (!location.getScheme().equals("jar")) {
                return read(Path.of(location));
            }
            try (FileSystem jar = FileSystems.newFileSystem(location, Map.of())) {
                return read(jar.provider().getPath(location));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the rules of this build cannot be read", e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the rules of this build lie in a strange place", e);
        }
    }

    /**
     * Text of each rule's file in a folder, by its name.
     *
     * @throws IOException when the folder cannot be read
     */
    public static Map<String, String> read(Path folder) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(ENDING)).toList()) {
                texts.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return texts;
    }
}
