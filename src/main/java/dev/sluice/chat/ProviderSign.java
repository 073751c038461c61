package dev.sluice.chat;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the latest chats tell of a provider. Times are milliseconds since 1970, 0 for never.
 *
 * @param lastDone when a chat last ended well
 * @param lastFailed when one last failed by the provider's doing
 * @param lastFailure how; null if none did
 * @param failures how many failed since one last ended well
 */
public record ProviderSign(
    long lastDone, long lastFailed, @Nullable String lastFailure, int failures) {

  public static final ProviderSign NONE = new ProviderSign(0, 0, null, 0);

  private static final int ENOUGH = 5;
  private static final long REMEMBERED = TimeUnit.MINUTES.toMillis(1);

  public ProviderSign done(long now) {
    return new ProviderSign(now, lastFailed, lastFailure, 0);
  }

  public ProviderSign failed(String how, long now) {
    return new ProviderSign(lastDone, now, how, failures + 1);
  }

  /** Whether its latest chat ended well. */
  public boolean works() {
    return lastDone > 0 && failures == 0;
  }

  /**
   * Whether it seems not to work: {@value #ENOUGH} chats in a row failed, the last of them within a
   * minute. Who is not asked any more is given another chance.
   */
  public boolean ails(long now) {
    return failures >= ENOUGH && now - lastFailed < REMEMBERED;
  }
}
