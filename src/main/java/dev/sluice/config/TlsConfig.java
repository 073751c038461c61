package dev.sluice.config;

import org.jspecify.annotations.Nullable;

/**
 * What the gateway shows to clients over HTTPS: paths of PEM files, which are read again when they
 * change.
 *
 * @param certificate the certificate, followed by those that vouch for it
 * @param key its private key, unencrypted PKCS#8
 * @param redirectPort a port that answers without TLS, and sends all who come to HTTPS; or null
 */
public record TlsConfig(String certificate, String key, @Nullable Integer redirectPort) {}
