package dev.sluice.http.identity;

import dev.sluice.config.ApiKeyConfig;
import dev.sluice.config.IpAddress;
import dev.sluice.config.Secret;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives {@link ClientId}s. An IPv4 address counts as a whole and an IPv6 address by its first 64
 * bits, since whoever has one of them has the network's 2^64 (RFC 6177, section 2). A key counts as
 * itself, from wherever it is used.
 *
 * <p>The same caller has the same id on every gateway with the same secret, and on every gateway
 * without one. Without a secret somebody who sees an id can find its IPv4 address by trying all.
 */
public final class ClientIds {
  private static final byte[] NO_SECRET = "sluice".getBytes(StandardCharsets.US_ASCII);
  private static final int NETWORK_BITS = 64;
  private static final int BYTES = 16;
  private static final int RECENT = 4_096;

  private final Hmac hmac;

  /** A signature costs more than all else about a caller, and most come again. */
  private final Map<IpAddress, ClientId> recent =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<IpAddress, ClientId> eldest) {
          return size() > RECENT;
        }
      };

  public ClientIds(@Nullable Secret secret) {
    byte[] bytes = secret == null ? NO_SECRET : secret.reveal().getBytes(StandardCharsets.UTF_8);
    this.hmac = new Hmac(bytes, "client id");
  }

  public ClientId of(IpAddress address) {
    return recent.computeIfAbsent(address, this::signed);
  }

  private ClientId signed(IpAddress address) {
    return address.isIpv4()
        ? id("ip4_", address.toString())
        : id("ip6_", address.prefix(NETWORK_BITS).toString());
  }

  public ClientId of(ApiKeyConfig key) {
    return id("key_", key.hash());
  }

  /** The holder of somebody's token. */
  public ClientId ofSubject(String subject) {
    return id("tok_", subject);
  }

  private ClientId id(String tag, String what) {
    return new ClientId(tag + hmac.sign(tag + what, BYTES));
  }
}
