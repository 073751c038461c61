package dev.sluice.http.token;

import dev.sluice.bus.GatewayException;
import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import dev.sluice.config.TokensConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.NoSuchKeyIdException;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Verifies JSON Web Tokens (RFC 7519): the header, the signature by a key of the issuer's, and the
 * {@link Claims}. The algorithm is the one of the key and never the token's own choice (RFC 8725,
 * section 3.1).
 */
public final class Tokens {
  private final Vertx vertx;
  private final TokensConfig config;
  private final Claims claims;
  private final @Nullable KeySet keySet;
  private JWTAuth verifier;

  public Tokens(Vertx vertx, TokensConfig config) {
    this.vertx = vertx;
    this.config = config;
    this.claims = new Claims(config);
    this.verifier = JWTAuth.create(vertx, options());
    this.keySet = config.keysUrl() == null ? null : new KeySet(vertx, config.keysUrl(), this::take);
  }

  public void close() {
    if (keySet != null) {
      keySet.close();
    }
  }

  /**
   * The subject of a valid token. Fails with a {@link GatewayException} that says why it is not
   * valid, or that the issuer's keys are not there.
   */
  public Future<String> verify(String text) {
    try {
      Token token = Token.read(text);
      Future<?> keys = keySet == null ? Future.succeededFuture() : keySet.having(token.keyId());
      return keys.compose(there -> signed(token, text)).compose(signed -> subject(token));
    } catch (RefusedTokenException e) {
      return refused(e.reason());
    }
  }

  private Future<?> signed(Token token, String text) {
    if (keySet != null && token.keyId() != null && !keySet.has(token.keyId())) {
      return refused("The token names a key (kid) that its issuer does not have.");
    }
    return authenticated(text)
        .recover(
            cause ->
                cause instanceof NoSuchKeyIdException || isNone(token)
                    ? refused("The token's algorithm (alg) is not that of any key here.")
                    : refused("The token's signature is not valid."));
  }

  private static boolean isNone(Token token) {
    return "none".equals(token.header().get("alg"));
  }

  /** Looks at the signature alone. */
  private Future<?> authenticated(String text) {
    try {
      return verifier.authenticate(new TokenCredentials(text));
    } catch (RuntimeException malformed) {
      return Future.failedFuture(malformed);
    }
  }

  private Future<String> subject(Token token) {
    try {
      return Future.succeededFuture(claims.subject(token.claims(), Instant.now().getEpochSecond()));
    } catch (RefusedTokenException e) {
      return refused(e.reason());
    }
  }

  private void take(List<JsonObject> keys) {
    verifier = JWTAuth.create(vertx, options().setJwks(keys));
  }

  private JWTAuthOptions options() {
    JWTAuthOptions options =
        new JWTAuthOptions().setJWTOptions(new JWTOptions().setIgnoreExpiration(true));
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

  private static <T> Future<T> refused(String reason) {
    return Future.failedFuture(new GatewayException(Failure.of(Fault.INVALID_API_KEY, reason)));
  }
}
