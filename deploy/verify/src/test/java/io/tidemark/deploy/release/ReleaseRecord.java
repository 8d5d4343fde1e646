package io.tidemark.deploy.release;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files that a release has fixed for ever, with their fingerprints.
 *
 * @param name version
 * @param fingerprints by path in the checkout
 */
record ReleaseRecord(String name, Map<String, String> fingerprints) {

    private static final String ENDING = ".properties";
    private static final String SCHEMAS = "schemas/contracts/released/";
    private static final String DDL = "sink/src/main/resources/ddl/";

    /** What a release of this checkout would fix. */
    static ReleaseRecord ofCheckout(Path checkout, String name) throws IOException {
        Map<String, String> fingerprints = new TreeMap<>();
        for (String root : new String[] {SCHEMAS, DDL}) {
            try (Stream<Path> files = Files.walk(checkout.resolve(root))) {
                for (Path file : files.filter(ReleaseRecord::isFixed).toList()) {
                    fingerprints.put(checkout.relativize(file).toString(), fingerprint(file));
                }
            }
        }
        return new ReleaseRecord(name, fingerprints);
    }

    static ReleaseRecord read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader text = Files.newBufferedReader(file)) {
            properties.load(text);
        }
        Map<String, String> fingerprints = new TreeMap<>();
        properties.stringPropertyNames().forEach(path -> fingerprints.put(path, properties.getProperty(path)));
        return new ReleaseRecord(file.getFileName().toString().replace(ENDING, ""), fingerprints);
    }

    void write(Path folder) throws IOException {
        String text = fingerprints.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                .collect(Collectors.joining());
        Files.writeString(folder.resolve(name + ENDING), text);
    }

    /** Its line in the table of the operations page. */
    String line(Path savepoints) throws IOException {
        try (Stream<Path> jobs = Files.list(savepoints.resolve(name))) {
            return "| %s | %d | %s | %s |"
                    .formatted(
                            name,
                            fingerprints.keySet().stream()
                                    .filter(path -> path.startsWith(SCHEMAS))
                                    .count(),
                            fingerprints.keySet().stream()
                                    .filter(path -> path.startsWith(DDL))
                                    .reduce("", (last, next) -> next)
                                    .replace(DDL, ""),
                            jobs.map(job -> job.getFileName().toString())
                                    .sorted()
                                    .collect(Collectors.joining(", ")));
        }
    }

    static String fingerprint(Path file) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return HexFormat.of().formatHex(digest).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static boolean isFixed(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".avsc") || name.matches("[0-9]{4}-.*\\.sql");
    }
}
