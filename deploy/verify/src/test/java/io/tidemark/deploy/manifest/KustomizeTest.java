package io.tidemark.deploy.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is kept in {@code deploy/k8s/rendered}. Run with {@code -Dtidemark.regenerate=true} and kubectl to write it again. */
class KustomizeTest {

    static List<String> overlays() {
        return RenderedOverlays.NAMES;
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void whatIsKeptIsMadeFromTheseFiles(String overlay) throws IOException {
        if (Boolean.getBoolean("tidemark.regenerate")) {
            RenderedOverlays.keep(overlay, RenderedOverlays.text(overlay));
        }
        assertThat(RenderedOverlays.kept(overlay))
                .as(
                        "deploy/k8s/rendered/%s.yaml is out of date; run this test with -Dtidemark.regenerate=true",
                        overlay)
                .isPresent();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void whatIsKeptIsWhatKubectlRenders(String overlay) throws IOException {
        assumeThat(Kustomize.isInstalled())
                .as("kubectl is not installed: the checks use what is kept in deploy/k8s/rendered")
                .isTrue();
        assertThat(RenderedOverlays.kept(overlay)).contains(RenderedOverlays.text(overlay));
    }
}
