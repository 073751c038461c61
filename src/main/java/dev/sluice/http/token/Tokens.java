package dev.sluice.http.token;

import dev.sluice.bus.GatewayException;
import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import dev.sluice.config.TokensConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Verifies JSON Web Tokens (RFC 7519): the signature by a key of the issuer's, {@code iss}, {@code
 * aud}, {@code exp}, {@code nbf}, and that there is a {@code sub}, who is counted. The algorithm is
 * the one of the key and never the token's own choice (RFC 8725, section 3.1).
 */
public final class Tokens {
  /** How far the clocks of issuer and gateway may be apart. */
  private static final int LEEWAY_SECONDS = 30;

  private final Vertx vertx;
  private final TokensConfig config;
  private final @Nullable KeySet keySet;
  private JWTAuth verifier;

  public Tokens(Vertx vertx, TokensConfig config) {
    this.vertx = vertx;
    this.config = config;
    this.verifier = JWTAuth.create(vertx, options());
    this.keySet = config.keysUrl() == null ? null : new KeySet(vertx, config.keysUrl(), this::take);
  }

  public void close() {
    if (keySet != null) {
      keySet.close();
    }
  }

  /**
   * The subject of a good token. Fails with a {@link GatewayException} if it is not good, or if the
   * issuer's keys are not there.
   */
  public Future<String> verify(String token) {
    if (keySet == null) {
      return check(token);
    }
    return keySet.having(keyId(token)).compose(there -> check(token));
  }

  private Future<String> check(String token) {
    return authenticated(token)
        .compose(
            Tokens::subject,
            bad -> Future.failedFuture(refused("The token is not good, or not for here.")));
  }

  private Future<User> authenticated(String token) {
    try {
      return verifier.authenticate(new TokenCredentials(token));
    } catch (RuntimeException malformed) {
      return Future.failedFuture(malformed);
    }
  }

  private static Future<String> subject(User user) {
    JsonObject claims = user.attributes().getJsonObject("accessToken", new JsonObject());
    if (!(claims.getValue("sub") instanceof String subject) || subject.isBlank()) {
      return Future.failedFuture(refused("The token says not whose it is."));
    }
    return claims.getValue("exp") instanceof Number
        ? Future.succeededFuture(subject)
        : Future.failedFuture(refused("The token never expires."));
  }

  private void take(List<JsonObject> keys) {
    verifier = JWTAuth.create(vertx, options().setJwks(keys));
  }

  private JWTAuthOptions options() {
    JWTAuthOptions options =
        new JWTAuthOptions()
            .setJWTOptions(
                new JWTOptions()
                    .setIssuer(config.issuer())
                    .addAudience(config.audience())
                    .setLeeway(LEEWAY_SECONDS));
    if (config.publicKey() != null) {
      options.addPubSecKey(key(vertx.fileSystem().readFileBlocking(config.publicKey()).toString()));
    } else if (config.secret() != null) {
      options.addPubSecKey(key(config.secret().reveal()));
    }
    return options;
  }

  private PubSecKeyOptions key(String text) {
    return new PubSecKeyOptions().setAlgorithm(config.algorithm()).setBuffer(text);
  }

  private static @Nullable String keyId(String token) {
    try {
      byte[] header = Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.')));
      Object id = new JsonObject(new String(header, StandardCharsets.UTF_8)).getValue("kid");
      return id instanceof String text ? text : null;
    } catch (RuntimeException notJson) {
      return null;
    }
  }

  private static GatewayException refused(String message) {
    return new GatewayException(Failure.of(Fault.INVALID_API_KEY, message));
  }
}
