package dev.sluice.limiter;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The tallies of this process' clients. A client is forgotten when its last request is outside of
 * every window. There is room for a certain number of clients; when one more comes, the one that
 * would be forgotten next is forgotten at once, and may thus begin anew too early.
 */
final class LocalLimits {
  private final Quota quota;
  private final int room;

  /** In the order of their last request, which is the order in which they are forgotten. */
  private final Map<String, Client> clients = new LinkedHashMap<>();

  private record Client(Tally tally, long last) {}

  LocalLimits(Quota quota, int room) {
    this.quota = quota;
    this.room = room;
  }

  /**
   * How a client stands at {@code now}, with this quota or a part of it.
   *
   * @param quota its windows are those of this object's
   */
  Verdict look(String client, Quota quota, long now) {
    Client known = clients.get(client);
    return (known == null ? newTally() : known.tally()).look(quota, now);
  }

  /** Spends one request and gives the time that it is remembered by. */
  long add(String client, long now) {
    Client known = clients.remove(client);
    forget(now);
    Tally tally = known == null ? newTally() : known.tally();
    long stamp = tally.add(quota, now);
    clients.put(client, new Client(tally, now));
    return stamp;
  }

  void remove(String client, long stamp) {
    Client known = clients.get(client);
    if (known != null) {
      known.tally().remove(quota, stamp);
    }
  }

  int size() {
    return clients.size();
  }

  private void forget(long now) {
    Iterator<Client> oldest = clients.values().iterator();
    while (oldest.hasNext()) {
      boolean past = now - oldest.next().last() >= quota.memory();
      if (!past && clients.size() < room) {
        return;
      }
      oldest.remove();
    }
  }

  private Tally newTally() {
    return quota.isExact() ? new SlidingLog() : new SlidingCounter(quota.size());
  }
}
