package io.tidemark.gateway.server;

import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationException;
import io.tidemark.platform.config.ConfigurationKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * TLS of both ports.
 *
 * @param keyStore the gateway's certificate and key, PKCS 12
 * @param keyStorePassword password of that store
 * @param trustStore certificates of those who sign clients' certificates, PKCS 12; empty: clients need none
 * @param trustStorePassword password of that store
 */
public record TlsSettings(
        Path keyStore, String keyStorePassword, Optional<Path> trustStore, String trustStorePassword) {

    private static final ConfigurationKey<String> MODE = ConfigurationKey.oneOf(
            "gateway.tls",
            "off",
            Set.of("off", "on"),
            "TLS on both ports; clients need a certificate when there is a trust store");
    private static final ConfigurationKey<String> KEY_STORE =
            ConfigurationKey.text("gateway.tls-key-store", "", "PKCS 12 file of the gateway's certificate and key");
    private static final ConfigurationKey<String> KEY_PASSWORD =
            ConfigurationKey.text("gateway.tls-key-store-password", "", "password of that file");
    private static final ConfigurationKey<String> TRUST_STORE = ConfigurationKey.text(
            "gateway.tls-trust-store", "", "PKCS 12 file of those who sign clients' certificates: mutual TLS");
    private static final ConfigurationKey<String> TRUST_PASSWORD =
            ConfigurationKey.text("gateway.tls-trust-store-password", "", "password of that file");

    static List<ConfigurationKey<?>> keys() {
        return List.of(MODE, KEY_STORE, KEY_PASSWORD, TRUST_STORE, TRUST_PASSWORD);
    }

    static Optional<TlsSettings> from(Configuration configuration) {
        Optional<Path> keyStore =
                GatewayConfig.given(configuration.get(KEY_STORE)).map(Path::of);
        if (configuration.get(MODE).equals("off")) {
            return Optional.empty();
        }
        return Optional.of(new TlsSettings(
                keyStore.orElseThrow(() -> new ConfigurationException(
                        "gateway.tls = 'on' needs gateway.tls-key-store, the file of the gateway's certificate")),
                configuration.get(KEY_PASSWORD),
                GatewayConfig.given(configuration.get(TRUST_STORE)).map(Path::of),
                configuration.get(TRUST_PASSWORD)));
    }

    KeyManagerFactory keyManagers() {
        try {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(load(keyStore, keyStorePassword), keyStorePassword.toCharArray());
            return factory;
        } catch (GeneralSecurityException e) {
            throw unusable(keyStore, e);
        }
    }

    Optional<TrustManagerFactory> trustManagers() {
        return trustStore.map(file -> {
            try {
                TrustManagerFactory factory =
                        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                factory.init(load(file, trustStorePassword));
                return factory;
            } catch (GeneralSecurityException e) {
                throw unusable(file, e);
            }
        });
    }

    private static KeyStore load(Path file, String password) throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream stream = Files.newInputStream(file)) {
            store.load(stream, password.toCharArray());
            return store;
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    private static ConfigurationException unusable(Path file, Exception cause) {
        return new ConfigurationException("the key store '%s' cannot be used: %s".formatted(file, cause.getMessage()));
    }
}
