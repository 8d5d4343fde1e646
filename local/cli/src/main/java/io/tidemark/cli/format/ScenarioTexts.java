package io.tidemark.cli.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.tidemark.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Texts that scenarios name by source and id. The text of a source is in the one {@code .jsonl.gz} file of the folder whose
 * name begins with the source; a file is read whole when its first text is asked for.
 */
final class ScenarioTexts {

    private static final String SUFFIX = ".jsonl.gz";

    private final Optional<Path> folder;
    private final JsonFactory factory = new JsonFactory();
    private final Map<String, Map<String, String>> textsOfSources = new HashMap<>();

    ScenarioTexts(Optional<Path> folder) {
        this.folder = folder;
        folder.filter(path -> !Files.isDirectory(path)).ifPresent(path -> {
            throw new CommandFailure("folder of texts '%s' does not exist".formatted(path));
        });
    }

    boolean wanted() {
        return folder.isPresent();
    }

    /** The text, or null when the file of the source has no row of that id. */
    String text(String source, String id) {
        return textsOfSources.computeIfAbsent(source, this::read).get(id);
    }

    private Map<String, String> read(String source) {
        Path path = fileOf(source);
        Map<String, String> texts = new HashMap<>();
        try (LineReader lines = new LineReader(ReplayFile.open(path))) {
            while (lines.next()) {
                if (!lines.isBlank()) {
                    readRow(lines, texts);
                }
            }
            return texts;
        } catch (IOException | MalformedLineException e) {
            throw new CommandFailure("file of texts '%s' cannot be read: %s".formatted(path, e.getMessage()), e);
        }
    }

    private void readRow(LineReader line, Map<String, String> texts) throws IOException, MalformedLineException {
        try (JsonParser parser = factory.createParser(line.buffer(), line.start(), line.end() - line.start())) {
            JsonCursor cursor = new JsonCursor(parser, line);
            parser.nextToken();
            cursor.expectObject("line");
            String id = null;
            String text = null;
            for (String field = cursor.nextField(); field != null; field = cursor.nextField()) {
                switch (field) {
                    case "id" -> id = parser.getText();
                    case "text" -> text = cursor.text("text");
                    default -> cursor.skip();
                }
            }
            if (id != null && text != null) {
                texts.put(id, text);
            }
        }
    }

    private Path fileOf(String source) {
        Path searched = folder.orElseThrow(() -> new IllegalStateException("no folder of texts was given"));
        List<Path> found;
        try (Stream<Path> files = Files.list(searched)) {
            found = files.filter(path -> isOfSource(path.getFileName().toString(), source))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new CommandFailure("folder of texts '%s' cannot be read: %s".formatted(searched, e.getMessage()), e);
        }
        if (found.size() != 1) {
            throw new CommandFailure("folder of texts '%s' must hold one %s file whose name begins with '%s', holds %d"
                    .formatted(searched, SUFFIX, source, found.size()));
        }
        return found.get(0);
    }

    private static boolean isOfSource(String name, String source) {
        return name.startsWith(source) && name.endsWith(SUFFIX);
    }
}
