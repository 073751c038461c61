package dev.sluice.http.identity;

/**
 * Who is counted, in a word that says nothing about it: {@code ip4_}, {@code ip6_}, {@code key_} or
 * {@code tok_} and 128 bits in base64url. It may stand in logs and in Redis.
 */
public record ClientId(String text) {

  /** Whether nothing but an address tells who it is. */
  public boolean isOfAddress() {
    return text.startsWith("ip4_") || text.startsWith("ip6_");
  }

  @Override
  public String toString() {
    return text;
  }
}
