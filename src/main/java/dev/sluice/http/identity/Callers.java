package dev.sluice.http.identity;

import dev.sluice.config.ApiKeyConfig;
import dev.sluice.config.Config;
import dev.sluice.config.IpAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells who asks: the holder of a key is counted by the key, everybody else by the address alone.
 *
 * <p>No cookie is counted. Whoever deletes a cookie must gain nothing, so a caller with one may
 * never be worse off than without; whoever collects them must gain nothing either, so it may never
 * be better off. What is left is to count both alike.
 */
public final class Callers {
  /** For a peer whose address is not known any more; all of them are counted together. */
  private static final IpAddress NOWHERE = new IpAddress(0, 0);

  private final ApiKeys keys;
  private final TrustedProxies addresses;
  private final ClientIds ids;

  public Callers(Config config) {
    keys = new ApiKeys(config.keys());
    addresses = new TrustedProxies(config.http().trustedProxies(), config.http().forwardedHeader());
    ids = new ClientIds(config.http().secretKey());
  }

  /** The token that a request has instead of a key, by its looks. */
  public static Optional<String> token(HeaderLines headers) {
    return ApiKeys.token(headers);
  }

  /** The caller that a good token is about. */
  public Caller holder(String subject) {
    return new Caller(ids.ofSubject(subject), Optional.empty());
  }

  /**
   * The caller of one request, by its key or its address.
   *
   * @param peer the address at the other end of the connection as a text, never a name; null if the
   *     connection is gone
   * @throws RefusedCallerException if the key is not good or the way of the request is too long
   */
  public Caller identify(@Nullable String peer, HeaderLines headers) throws RefusedCallerException {
    Optional<ApiKeyConfig> key = keys.find(headers);
    if (key.isPresent()) {
      return new Caller(ids.of(key.get()), key);
    }
    IpAddress address = Optional.ofNullable(peer).flatMap(IpAddress::parse).orElse(NOWHERE);
    return new Caller(ids.of(addresses.client(address, headers)), key);
  }
}
