package dev.sluice.config;

import org.jspecify.annotations.Nullable;

/**
 * Whose JSON Web Tokens (RFC 7519) are taken instead of a key of the gateway's own. One of the last
 * three is there.
 *
 * @param issuer what {@code iss} must say
 * @param audience what {@code aud} must contain
 * @param algorithm that of {@code publicKey} or {@code secret}, such as {@code RS256}
 * @param keysUrl where the issuer's key set is (RFC 7517)
 * @param publicKey a PEM file
 * @param secret that both sides know
 */
public record TokensConfig(
    String issuer,
    String audience,
    String algorithm,
    @Nullable String keysUrl,
    @Nullable String publicKey,
    @Nullable Secret secret) {}
