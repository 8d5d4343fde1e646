package io.tidemark.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate that signed itself, for 127.0.0.1, made by the JDK's keytool.
 *
 * @param keyStore PKCS 12 file of the certificate and its key
 * @param trustStore PKCS 12 file for those who trust it
 */
public record TestCertificate(Path keyStore, Path trustStore) {

    /** Password of both files. */
    public static final String PASSWORD = "changeit";

    /** Makes one; both files lie in the directory. */
    public static TestCertificate create(Path directory, String name) {
        Path keyStore = directory.resolve(name + ".p12");
        Path trustStore = directory.resolve("trusts-" + name + ".p12");
        Path exported = directory.resolve(name + ".pem");
        keytool(
                keyStore,
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1");
        keytool(keyStore, "-exportcert", "-alias", name, "-file", exported.toString());
        keytool(trustStore, "-importcert", "-noprompt", "-alias", name, "-file", exported.toString());
        return new TestCertificate(keyStore, trustStore);
    }

    private static void keytool(Path store, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool fails: " + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("keytool cannot be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while keytool ran", e);
        }
    }
}
