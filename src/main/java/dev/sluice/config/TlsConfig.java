package dev.sluice.config;

/**
 * What the gateway shows to clients over HTTPS: paths of PEM files.
 *
 * @param certificate the certificate, followed by those that vouch for it
 * @param key its private key, unencrypted PKCS#8
 */
public record TlsConfig(String certificate, String key) {}
