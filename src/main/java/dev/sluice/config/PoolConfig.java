package dev.sluice.config;

/**
 * The connections to one upstream.
 *
 * @param connections the most at a time over HTTP/1.1, where each carries one request
 * @param waiting the most requests that wait for one; more are refused
 */
public record PoolConfig(int connections, int waiting) {

  public static final PoolConfig DEFAULT = new PoolConfig(2_000, 200);
}
