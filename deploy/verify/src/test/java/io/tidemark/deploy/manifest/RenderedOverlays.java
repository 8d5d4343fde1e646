package io.tidemark.deploy.manifest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The overlays of this checkout, for tests. */
public final class RenderedOverlays {

    /** Every overlay. */
    public static final List<String> NAMES = List.of("dev", "prod", "gpu");

    private static final Kustomize KUSTOMIZE = new Kustomize(Path.of("..", "k8s"));

    private static final Map<String, String> TEXTS = new HashMap<>();

    private RenderedOverlays() {}

    /** An overlay as kubectl renders it, or without kubectl as it was rendered last. */
    public static Manifests of(String overlay) throws IOException {
        return Manifests.parse(text(overlay));
    }

    static synchronized String text(String overlay) throws IOException {
        String text = TEXTS.get(overlay);
        if (text == null) {
            text = rendered(overlay);
            TEXTS.put(overlay, text);
        }
        return text;
    }

    private static String rendered(String overlay) throws IOException {
        return Kustomize.isInstalled()
                ? KUSTOMIZE.render(overlay)
                : kept(overlay).orElseThrow();
    }

    static Optional<String> kept(String overlay) throws IOException {
        return KUSTOMIZE.kept(overlay);
    }

    static void keep(String overlay, String text) throws IOException {
        Files.createDirectories(KUSTOMIZE.renderedFile(overlay).getParent());
        Files.writeString(KUSTOMIZE.renderedFile(overlay), text);
    }
}
