package dev.sluice.limiter;

import dev.sluice.chat.Cost;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The accounts of this process' clients. A client is forgotten when nothing of it counts any more.
 * There is room for a certain number of clients; when one more comes, the one that would be
 * forgotten next is forgotten at once, and may thus begin anew too early.
 */
final class LocalLimits {
  private final int room;
  private Quota quota;

  /** In the order of their last request, which is the order in which they are forgotten. */
  private final Map<String, Client> clients = new LinkedHashMap<>();

  private record Client(Account account, long last) {}

  LocalLimits(Quota quota, int room) {
    this.quota = quota;
    this.room = room;
  }

  /**
   * From now on another quota holds. What was counted stays, except that who crosses {@link
   * Quota#EXACT} begins anew.
   */
  void change(Quota latest) {
    quota = latest;
    clients.values().removeIf(client -> !client.account().fits(latest));
  }

  /**
   * How a client stands at {@code now}, with this quota or a part of it.
   *
   * @param quota its windows are those of this object's
   * @param wanted what the next chat is likely to cost
   */
  Verdict look(String client, Quota quota, Cost wanted, long now) {
    Client known = clients.get(client);
    return (known == null ? new Account(this.quota) : known.account()).look(quota, wanted, now);
  }

  /** Begins a chat and gives the time that it is remembered by. */
  long begin(String client, String id, Cost estimate, long now) {
    Client known = clients.remove(client);
    forget(now);
    Account account = known == null ? new Account(quota) : known.account();
    long stamp = account.begin(quota, id, estimate, now);
    clients.put(client, new Client(account, now));
    return stamp;
  }

  void refund(String client, String id, long stamp, long now) {
    Client known = clients.get(client);
    if (known != null) {
      known.account().refund(quota, id, stamp, now);
    }
  }

  void settle(String client, String id, Cost cost, long now) {
    Client known = clients.get(client);
    if (known != null) {
      known.account().settle(quota, id, cost, now);
    }
  }

  void renew(String client, String id, Cost held, long stamp, long now) {
    Client known = clients.get(client);
    if (known != null) {
      known.account().renew(id, held, stamp, now);
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
}
