package io.tidemark.deploy.manifest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Renders an overlay with {@code kubectl kustomize}. Where there is no kubectl, what was rendered last is read from {@code
 * deploy/k8s/rendered}; its first line holds a fingerprint of the files that it was made from, so that it is never out of date
 * unnoticed.
 */
public final class Kustomize {

    private static final String FINGERPRINT = "# made from files with the fingerprint ";
    private static final int TIMEOUT_SECONDS = 60;

    private final Path folder;

    /** A renderer of the overlays under {@code deploy/k8s}. */
    public Kustomize(Path folder) {
        this.folder = folder;
    }

    /** Whether kubectl is installed. */
    public static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "kubectl")));
    }

    /** The rendered overlay with its fingerprint, by kubectl. */
    public String render(String overlay) throws IOException {
        Process process = new ProcessBuilder(
                        "kubectl",
                        "kustomize",
                        folder.resolve("overlays").resolve(overlay).toString())
                .redirectError(ProcessBuilder.Redirect.to(
                        Files.createTempFile("kustomize", ".log").toFile()))
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("kubectl kustomize %s failed; run it by hand to see why".formatted(overlay));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while kubectl ran", e);
        }
        return FINGERPRINT + fingerprint(overlay) + "\n" + text;
    }

    /** Where the rendered overlay is kept. */
    public Path renderedFile(String overlay) {
        return folder.resolve("rendered").resolve(overlay + ".yaml");
    }

    /** What was rendered last, when it is of these files; empty when it is out of date. */
    public Optional<String> kept(String overlay) throws IOException {
        String text = Files.readString(renderedFile(overlay));
        return text.startsWith(FINGERPRINT + fingerprint(overlay) + "\n") ? Optional.of(text) : Optional.empty();
    }

    private String fingerprint(String overlay) throws IOException {
        MessageDigest digest = sha256();
        for (Path root : List.of(folder.resolve("base"), folder.resolve("overlays"))) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    digest.update(folder.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                    digest.update(Files.readAllBytes(file));
                }
            }
        }
        digest.update(overlay.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
