package io.tidemark.cli;

import io.tidemark.platform.build.BuildInformation;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class VersionText implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {
            "tidemark %s (build %s)".formatted(BuildInformation.version(), BuildInformation.buildId()),
            "Java %s".formatted(Runtime.version())
        };
    }
}
