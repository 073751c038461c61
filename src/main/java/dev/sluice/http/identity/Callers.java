package dev.sluice.http.identity;

import dev.sluice.config.Config;
import dev.sluice.config.IpAddress;
import java.util.Optional;

/**
 * Gives callers: the holder of a key or a token is counted by it, everybody else by the address
 * alone.
 *
 * <p>No cookie is counted. A caller that deletes a cookie must gain nothing, so a caller with one
 * may never be worse off than without; a caller that collects them must gain nothing either, so it
 * may never be better off. What is left is to count both alike.
 */
public final class Callers {
  private final ApiKeys keys;
  private final ClientIds ids;

  public Callers(Config config) {
    keys = new ApiKeys(config.keys());
    ids = new ClientIds(config.http().secretKey());
  }

  /** Whether a caller without a key is refused. */
  public boolean needKey() {
    return keys.areRequired();
  }

  /** Whether a key makes a difference. */
  public boolean mayHaveKeys() {
    return keys.areInUse();
  }

  /** The caller whose key it is. */
  public Optional<Caller> holder(String key) {
    return keys.find(key).map(found -> new Caller(ids.of(found), Optional.of(found)));
  }

  /** The caller that a valid token is about. */
  public Caller subject(String subject) {
    return new Caller(ids.ofSubject(subject), Optional.empty());
  }

  /** The caller without a key at that address. */
  public Caller stranger(IpAddress address) {
    return new Caller(ids.of(address), Optional.empty());
  }
}
