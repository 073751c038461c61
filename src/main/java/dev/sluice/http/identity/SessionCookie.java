package dev.sluice.http.identity;

import dev.sluice.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A signed cookie that tells two browsers behind one address apart. It is for that alone, such as
 * for turns in a queue or a token against forged requests; {@link Callers} says why it is not
 * counted.
 *
 * <p>{@code SameSite=Strict}: it is wanted with what the page itself fetches, which is always of
 * the same site, and never with the first visit by a link from elsewhere, which Lax would add. So
 * give it out in answers to the API and not with the page's files. {@code HttpOnly}: no script
 * needs it. Over HTTPS it is {@code Secure} and its name begins with {@code __Host-}, so that no
 * other host and no plain connection can plant one (RFC 6265bis, section 4.1.3.2).
 *
 * <p>Immutable. Without a secret the key is random: then all event loops have to share one object,
 * and a restart begins new sessions.
 */
public final class SessionCookie {
  private static final Pattern VALUE =
      Pattern.compile("([A-Za-z0-9_-]{22})\\.([0-9]{1,11})\\.([A-Za-z0-9_-]{43})");

  /** How far the clocks of two gateways may be apart. */
  private static final Duration LEEWAY = Duration.ofSeconds(60);

  private static final int ID_BYTES = 16;
  private static final int HASH_BYTES = 32;

  private final SecureRandom random = new SecureRandom();
  private final Hmac hmac;
  private final boolean secure;
  private final Duration lifetime;

  /**
   * @param secure whether browsers reach the gateway by HTTPS, if only through a proxy
   */
  public SessionCookie(@Nullable Secret secret, boolean secure, Duration lifetime) {
    byte[] key =
        secret == null ? random(HASH_BYTES) : secret.reveal().getBytes(StandardCharsets.UTF_8);
    this.hmac = new Hmac(key, "session");
    this.secure = secure;
    this.lifetime = lifetime;
  }

  /** The session of a request, if it has one that was issued here and is not too old. */
  public Optional<Session> read(HeaderLines headers, Instant now) {
    return headers.all("cookie").stream()
        .flatMap(line -> Stream.of(line.split(";")))
        .map(String::strip)
        .filter(cookie -> cookie.startsWith(name() + "="))
        .map(cookie -> session(cookie.substring(name().length() + 1), now))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** A session that begins now. */
  public Session begin(Instant now) {
    String id = Base64.getUrlEncoder().withoutPadding().encodeToString(random(ID_BYTES));
    return new Session(id, Instant.ofEpochSecond(now.getEpochSecond()));
  }

  /** The value of the {@code Set-Cookie} header that a session is given out by. */
  public String write(Session session) {
    String text = session.id() + "." + session.issued().getEpochSecond();
    String attributes = "; Path=/; Max-Age=" + lifetime.toSeconds() + "; HttpOnly; SameSite=Strict";
    return name() + "=" + text + "." + signature(text) + attributes + (secure ? "; Secure" : "");
  }

  private Optional<Session> session(String value, Instant now) {
    Matcher parts = VALUE.matcher(value);
    if (!parts.matches() || !isSigned(parts.group(1) + "." + parts.group(2), parts.group(3))) {
      return Optional.empty();
    }
    Instant issued = Instant.ofEpochSecond(Long.parseLong(parts.group(2)));
    return Optional.of(new Session(parts.group(1), issued))
        .filter(session -> !issued.isAfter(now.plus(LEEWAY)) && issued.plus(lifetime).isAfter(now));
  }

  private boolean isSigned(String text, String signature) {
    return MessageDigest.isEqual(
        signature(text).getBytes(StandardCharsets.US_ASCII),
        signature.getBytes(StandardCharsets.US_ASCII));
  }

  private String signature(String text) {
    return hmac.sign(text, HASH_BYTES);
  }

  private String name() {
    return secure ? "__Host-sluice" : "sluice";
  }

  private byte[] random(int bytes) {
    byte[] made = new byte[bytes];
    random.nextBytes(made);
    return made;
  }
}
