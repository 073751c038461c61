package dev.sluice.bench;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;

/**
 * The yardstick: a reverse proxy on Vert.x that does nothing but pass on. Options: {@code --port
 * --upstream (port) --loops --gather}; {@code --gather} writes what one tick of the event loop
 * brought in one piece, else each chunk is a write.
 */
public final class PlainProxy {
  private PlainProxy() {}

  public static void main(String[] args) throws Exception {
    var options = new Options(List.of("port", "upstream", "loops", "gather"), args);
    int loops = options.number("loops", 1);
    int port = options.number("port", 8081);
    int upstream = options.number("upstream", 9090);
    boolean gather = options.isSet("gather");
    var vertx =
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops).setPreferNativeTransport(true));
    vertx
        .deployVerticle(
            () -> new ProxyVerticle(port, upstream, gather),
            new DeploymentOptions().setInstances(loops))
        .await();
    System.out.println("listening on " + port);
  }
}
