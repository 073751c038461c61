package dev.sluice.http.connection;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.sluice.config.Cidr;
import dev.sluice.config.HttpConfig;
import dev.sluice.config.IpAddress;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * How many connections clients may hold.
 *
 * @param total of all clients together
 * @param perAddress of one address, an IPv6 address by its first 64 bits
 * @param trustedProxies whose connections carry many clients and count in {@code total} only
 */
record ConnectionBounds(int total, int perAddress, List<Cidr> trustedProxies) {
  /** Descriptors that are left for upstreams' name look-ups, Redis, logs and operators. */
  private static final long RESERVED_DESCRIPTORS = 32;

  /** Heap that one connection may take, its stream included. */
  private static final long BYTES_PER_CONNECTION = 32 * 1024;

  private static final int LEAST = 8;

  /** No bound at all, until the settings are known. */
  static final ConnectionBounds NONE =
      new ConnectionBounds(Integer.MAX_VALUE, Integer.MAX_VALUE, List.of());

  ConnectionBounds {
    trustedProxies = List.copyOf(trustedProxies);
  }

  /**
   * The bounds that {@code http} sets. By default all connections together take half of the file
   * descriptors that are free, since each may need another one to an upstream, and no more than the
   * heap carries; one address takes half of these.
   */
  static ConnectionBounds of(HttpConfig http) {
    int total = http.connections() > 0 ? http.connections() : affordable();
    int perAddress =
        http.connectionsPerAddress() > 0 ? http.connectionsPerAddress() : Math.max(1, total / 2);
    return new ConnectionBounds(total, perAddress, http.trustedProxies());
  }

  private static int affordable() {
    long byHeap = Runtime.getRuntime().maxMemory() / BYTES_PER_CONNECTION;
    long byDescriptors = freeDescriptors() / 2;
    return (int) Math.max(LEAST, Math.min(Integer.MAX_VALUE, Math.min(byHeap, byDescriptors)));
  }

  private static long freeDescriptors() {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
      long most = unix.getMaxFileDescriptorCount();
      return most - unix.getOpenFileDescriptorCount() - RESERVED_DESCRIPTORS;
    }
    return Long.MAX_VALUE;
  }

  boolean isTrusted(IpAddress address) {
    return Cidr.anyContains(trustedProxies, address);
  }
}
