package dev.sluice.telemetry;

import dev.sluice.chat.ProviderSign;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * What the chats that people have tell of providers, which is known without asking one for it. Safe
 * for all event loops at once.
 */
public final class ProviderSigns {
  private final Map<String, ProviderSign> signs = new ConcurrentHashMap<>();
  private final LongSupplier clock;

  /**
   * @param clock milliseconds since 1970
   */
  public ProviderSigns(LongSupplier clock) {
    this.clock = clock;
  }

  /** What is known of a provider, which may be nothing. */
  public ProviderSign of(String provider) {
    return signs.getOrDefault(provider, ProviderSign.NONE);
  }

  /** Drops what is known of a provider, since its settings have changed. */
  public void forget(String provider) {
    signs.remove(provider);
  }

  /**
   * A chat is over.
   *
   * @param end {@code done}, {@code cancelled} or the code of a failure
   */
  void ended(String provider, String end) {
    long now = clock.getAsLong();
    if (end.equals("done")) {
      signs.merge(provider, ProviderSign.NONE.done(now), (old, latest) -> old.done(now));
    } else if (end.startsWith("upstream_") && !end.equals("upstream_rejected")) {
      signs.merge(
          provider, ProviderSign.NONE.failed(end, now), (old, latest) -> old.failed(end, now));
    }
  }
}
