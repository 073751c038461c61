package dev.sluice.limiter;

import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.RedisReplicas;
import io.vertx.redis.client.RedisRole;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a URL says of where Redis is. One server is {@code
 * redis://user:password@host:port/database}; a cluster is {@code
 * redis+cluster://user:password@host:port,host:port}; and what sentinels watch is {@code
 * redis+sentinel://user:password@host:port,host:port/master/database}. With {@code rediss} instead
 * of {@code redis} all is encrypted.
 */
final class RedisUrl {
  private static final Pattern SHAPE =
      Pattern.compile(
          "(?<scheme>rediss?)(\\+(?<kind>sentinel|cluster))?://((?<user>[^@/]*)@)?"
              + "(?<hosts>[^@/?#]+)(/(?<path>[^?#]*))?");

  private final Matcher parts;

  /**
   * @throws IllegalArgumentException if it is no such URL; the message does not quote it
   */
  RedisUrl(String url) {
    parts = SHAPE.matcher(url);
    if (!parts.matches()) {
      throw new IllegalArgumentException("no URL of a Redis");
    }
  }

  RedisOptions options() {
    String path = part("path") == null ? "" : part("path");
    String kind = part("kind");
    if (kind == null) {
      return new RedisOptions().setConnectionString(url(parts.group("hosts"), path));
    }
    RedisOptions options = new RedisOptions();
    String[] masterAndDatabase = path.split("/", 2);
    String database =
        kind.equals("sentinel") && masterAndDatabase.length == 2 ? masterAndDatabase[1] : "";
    for (String host : parts.group("hosts").split(",", -1)) {
      options.addConnectionString(url(host, database));
    }
    return kind.equals("cluster")
        ? options.setType(RedisClientType.CLUSTER).setUseReplicas(RedisReplicas.NEVER)
        : options
            .setType(RedisClientType.SENTINEL)
            .setRole(RedisRole.MASTER)
            .setMasterName(masterAndDatabase[0]);
  }

  private String url(String host, String path) {
    String user = part("user");
    return parts.group("scheme")
        + "://"
        + (user == null ? "" : user + "@")
        + host
        + (path.isEmpty() ? "" : "/" + path);
  }

  private @Nullable String part(String name) {
    return parts.group(name);
  }
}
