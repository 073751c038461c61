package dev.sluice.http.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.bus.GatewayException;
import dev.sluice.chat.Fault;
import dev.sluice.config.Secret;
import dev.sluice.config.TokensConfig;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens made by the JDK alone, against a key set that is really fetched. */
class TokensTest {
  private static final String SECRET = "a secret that has thirty-two bytes";
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final List<JsonObject> KEYS = new ArrayList<>();
  private static final AtomicInteger FETCHES = new AtomicInteger();

  private static Vertx vertx;
  private static Context context;
  private static KeyPair pair;
  private static KeyPair other;
  private static String url;

  @BeforeAll
  static void serveTheKeys() throws Exception {
    vertx = Vertx.vertx();
    context = vertx.getOrCreateContext();
    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    rsa.initialize(2048);
    pair = rsa.generateKeyPair();
    other = rsa.generateKeyPair();
    KEYS.add(jwk(pair, "one"));
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> {
                  FETCHES.incrementAndGet();
                  request
                      .response()
                      .end(new JsonObject().put("keys", new JsonArray(KEYS)).toBuffer());
                });
    server.listen(0, "127.0.0.1").await(20, TimeUnit.SECONDS);
    url = "http://127.0.0.1:" + server.actualPort() + "/jwks";
  }

  @AfterAll
  static void stop() throws Exception {
    vertx.close().await(20, TimeUnit.SECONDS);
  }

  private static JsonObject jwk(KeyPair pair, String id) {
    RSAPublicKey key = (RSAPublicKey) pair.getPublic();
    return new JsonObject()
        .put("kty", "RSA")
        .put("kid", id)
        .put("use", "sig")
        .put("alg", "RS256")
        .put("n", BASE64.encodeToString(key.getModulus().toByteArray()))
        .put("e", BASE64.encodeToString(key.getPublicExponent().toByteArray()));
  }

  private static JsonObject claims() {
    long now = Instant.now().getEpochSecond();
    return new JsonObject()
        .put("iss", "https://issuer.example")
        .put("aud", "sluice")
        .put("sub", "alice")
        .put("exp", now + 300);
  }

  private static String unsigned(JsonObject header, JsonObject claims) {
    return BASE64.encodeToString(header.encode().getBytes(StandardCharsets.UTF_8))
        + "."
        + BASE64.encodeToString(claims.encode().getBytes(StandardCharsets.UTF_8));
  }

  private static JsonObject header(String algorithm) {
    return new JsonObject().put("alg", algorithm).put("kid", "one").put("typ", "JWT");
  }

  private static String rsa(KeyPair pair, JsonObject claims) throws GeneralSecurityException {
    String text = unsigned(header("RS256"), claims);
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(pair.getPrivate());
    signature.update(text.getBytes(StandardCharsets.US_ASCII));
    return text + "." + BASE64.encodeToString(signature.sign());
  }

  private static String hmac(byte[] secret, JsonObject claims) throws GeneralSecurityException {
    String text = unsigned(header("HS256"), claims);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    byte[] signature = mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
    return text + "." + BASE64.encodeToString(signature);
  }

  private static Tokens tokens() {
    return tokens(new TokensConfig("https://issuer.example", "sluice", "RS256", url, null, null));
  }

  /** On an event loop, as in a gateway. */
  private static Tokens tokens(TokensConfig config) {
    Future<Tokens> made =
        Future.future(
            promise -> context.runOnContext(go -> promise.complete(new Tokens(vertx, config))));
    try {
      return made.await(20, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  private static String verify(Tokens tokens, String token) throws Exception {
    Future<String> subject =
        Future.future(
            promise -> context.runOnContext(go -> tokens.verify(token).onComplete(promise)));
    return subject.await(20, TimeUnit.SECONDS);
  }

  private static void assertRefused(Tokens tokens, String token) {
    assertThatThrownBy(() -> verify(tokens, token)).isInstanceOf(GatewayException.class);
  }

  @Test
  void aGoodTokenSaysWhoseItIs() throws Exception {
    assertThat(verify(tokens(), rsa(pair, claims()))).isEqualTo("alice");
    JsonObject several = claims().put("aud", new JsonArray().add("other").add("sluice"));
    assertThat(verify(tokens(), rsa(pair, several))).isEqualTo("alice");
  }

  @ParameterizedTest
  @CsvSource({
    "iss, https://evil.example",
    "aud, other",
    "exp, 1000",
    "exp, soon",
    "exp, ",
    "nbf, 99999999999",
    "sub, ",
    "sub, 7",
    "iss, ",
    "aud, ",
  })
  void aTokenThatIsNotForHereIsRefused(String claim, String value) throws Exception {
    JsonObject claims = claims();
    if (value == null) {
      claims.remove(claim);
    } else {
      claims.put(claim, value.matches("\\d+") ? (Object) Long.valueOf(value) : value);
    }
    assertRefused(tokens(), rsa(pair, claims));
  }

  private static String signed(String header, String claims) throws GeneralSecurityException {
    String text =
        BASE64.encodeToString(header.getBytes(StandardCharsets.UTF_8))
            + "."
            + BASE64.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(pair.getPrivate());
    signature.update(text.getBytes(StandardCharsets.US_ASCII));
    return text + "." + BASE64.encodeToString(signature.sign());
  }

  private static String objection(Tokens tokens, String token) {
    try {
      verify(tokens, token);
      return "accepted";
    } catch (GatewayException e) {
      assertThat(e.failure().fault()).isEqualTo(Fault.INVALID_API_KEY);
      return e.failure().message();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'alg':'RS256','kid':'one','crit':['exp'],'exp':1} | crit",
        "{'alg':'RS256','kid':'one','crit':['http://example.com/UNDEFINED']} | crit",
        "{'alg':'RS256','kid':'one','crit':[]} | crit",
        "{'alg':'RS256','kid':'one','crit':null} | crit",
        "{'alg':'RS256','kid':'one','b64':false,'crit':['b64']} | crit",
        "{'alg':'RS256','kid':'one','b64':false} | b64",
        "{'alg':'RS256','kid':'one','typ':'logout+jwt'} | typ",
        "{'alg':'RS256','kid':'one','typ':7} | typ",
        "{'alg':'RS256','alg':'RS256','kid':'one'} | malformed",
        "{'alg':'RS256','kid':'one','kid':'one'} | malformed",
        "{'kid':'one'} | alg",
        "{'alg':'none','kid':'one'} | alg",
        "{'alg':'RS512','kid':'one'} | alg",
        "{'alg':'HS256','kid':'one'} | alg",
        "{'alg':7,'kid':'one'} | alg",
        "{'alg':'RS256','kid':'two'} | kid",
        "{'alg':'RS256','kid':7} | kid",
        "['RS256'] | malformed",
        "{'alg':'RS256'} trailing | malformed",
        "RS256 | malformed",
      })
  void tokenWithABadHeaderIsRefusedByTheNameOfWhatIsWrong(String header, String named)
      throws Exception {
    String token = signed(header.replace('\'', '"'), claims().encode());
    assertThat(objection(tokens(), token)).contains(named);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'typ':'JWT'}", "{'typ':'at+jwt'}", "{'typ':'application/JWT'}"})
  void tokenOfAnAccessTokensTypeIsTaken(String more) throws Exception {
    JsonObject header = new JsonObject(more.replace('\'', '"')).put("alg", "RS256");
    assertThat(objection(tokens(), signed(header.encode(), claims().encode())))
        .isEqualTo("accepted");
  }

  @ParameterizedTest
  @CsvSource({
    "iss, https://evil.example, iss",
    "iss, , iss",
    "aud, other, aud",
    "aud, , aud",
    "exp, 1000, expired",
    "exp, , exp",
    "exp, soon, malformed",
    "nbf, 99999999999, nbf",
    "nbf, later, malformed",
    "iat, 99999999999, iat",
    "sub, , sub",
    "sub, 7, sub",
    "sub, '   ', sub",
  })
  void tokenWithABadClaimIsRefusedByItsName(String claim, String value, String named)
      throws Exception {
    JsonObject claims = claims();
    claims.remove(claim);
    if (value != null) {
      claims.put(claim, value.matches("[0-9]+") ? (Object) Long.valueOf(value) : value);
    }
    assertThat(objection(tokens(), rsa(pair, claims))).contains(named);
  }

  @Test
  void eachCauseHasAMessageOfItsOwn() throws Exception {
    long past = Instant.now().getEpochSecond() - 300;
    Tokens tokens = tokens();
    List<String> messages =
        List.of(
            objection(tokens, rsa(other, claims())),
            objection(tokens, rsa(pair, claims().put("iss", "https://evil.example"))),
            objection(tokens, rsa(pair, claims().put("aud", "other"))),
            objection(tokens, rsa(pair, claims().put("exp", past))),
            objection(tokens, rsa(pair, claims().put("nbf", past + 900))));
    assertThat(messages).doesNotHaveDuplicates().noneMatch("accepted"::equals);
    assertThat(messages.get(0)).contains("signature");
    assertThat(messages.get(1)).contains("issuer");
    assertThat(messages.get(2)).contains("audience");
    assertThat(messages.get(3)).contains("expired");
    assertThat(messages.get(4)).contains("not valid yet");
  }

  @Test
  void claimsThatStandTwiceAreRefused() throws Exception {
    String once = claims().encode();
    String twice = once.substring(0, once.length() - 1) + ",\"sub\":\"mallory\"}";
    assertThat(objection(tokens(), signed(header("RS256").encode(), twice))).contains("malformed");
  }

  @Test
  void expiryBeyondALongIsInTheFuture() throws Exception {
    String claims = claims().encode().replaceAll("\"exp\":[0-9]+", "\"exp\":18446744073709551617");
    assertThat(objection(tokens(), signed(header("RS256").encode(), claims))).isEqualTo("accepted");
  }

  @Test
  void aForgedTokenIsRefused() throws Exception {
    Tokens tokens = tokens();
    String good = rsa(pair, claims());
    assertRefused(tokens, rsa(other, claims()));
    assertRefused(tokens, unsigned(header("none"), claims()) + ".AAAA");
    assertRefused(tokens, hmac(pair.getPublic().getEncoded(), claims()));
    assertRefused(tokens, hmac(new byte[] {0}, claims()));
    String mallory = unsigned(header("RS256"), claims().put("sub", "mallory"));
    assertRefused(tokens, mallory + good.substring(good.lastIndexOf('.')));
    assertRefused(tokens, good.substring(0, good.length() - 8) + "AAAAAAAA");
  }

  @Test
  void aKeyThatIsNewIsFetchedAndAFloodOfUnknownOnesIsNot() throws Exception {
    Tokens tokens = tokens();
    verify(tokens, rsa(pair, claims()));
    int before = FETCHES.get();
    for (int i = 0; i < 50; i++) {
      JsonObject header = header("RS256").put("kid", "unknown" + i);
      assertRefused(tokens, unsigned(header, claims()) + ".AAAA");
    }
    assertThat(FETCHES.get()).isEqualTo(before);
    tokens.close();
  }

  @Test
  void anIssuerThatIsAwayIsTheGatewaysTroubleAndNotTheCallers() throws Exception {
    Tokens tokens =
        tokens(
            new TokensConfig(
                "https://issuer.example", "sluice", "RS256", "http://127.0.0.1:1/", null, null));
    assertThatThrownBy(() -> verify(tokens, rsa(pair, claims())))
        .isInstanceOfSatisfying(
            GatewayException.class, e -> assertThat(e.failure().fault().status()).isEqualTo(503));
  }

  @Test
  void aSecretOrAPublicKeyDoesAsWell(@TempDir Path folder) throws Exception {
    TokensConfig common =
        new TokensConfig(
            "https://issuer.example", "sluice", "HS256", null, null, new Secret(SECRET));
    byte[] secret = SECRET.getBytes(StandardCharsets.US_ASCII);
    assertThat(verify(tokens(common), hmac(secret, claims()))).isEqualTo("alice");
    assertRefused(tokens(common), rsa(pair, claims()));
    Path pem = folder.resolve("key.pem");
    Files.writeString(
        pem,
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n");
    TokensConfig file =
        new TokensConfig("https://issuer.example", "sluice", "RS256", null, pem.toString(), null);
    assertThat(verify(tokens(file), rsa(pair, claims()))).isEqualTo("alice");
    assertRefused(tokens(file), hmac(Files.readAllBytes(pem), claims()));
  }
}
