package dev.sluice.http;

import dev.sluice.TestGateway;
import dev.sluice.upstream.FakeUpstream;
import dev.sluice.upstream.RawClient;
import dev.sluice.upstream.RecordedRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * A gateway in front of one fake upstream, whose model is {@code m}. The gateway's own question for
 * models is over when this has started.
 */
final class OneUpstream implements AutoCloseable {
  /** How soon the upstream must know that nobody waits for its answer any more. */
  static final Duration SOON = Duration.ofSeconds(2);

  private final FakeUpstream upstream;
  private final TestGateway gateway;

  private OneUpstream(FakeUpstream upstream, TestGateway gateway) {
    this.upstream = upstream;
    this.gateway = gateway;
  }

  /**
   * Starts both.
   *
   * @param http settings of {@code http} besides the port, such as {@code drain: 1s}
   */
  static OneUpstream start(String http) throws Exception {
    var upstream = FakeUpstream.start();
    var gateway = TestGateway.start(Asking.settings(upstream.url(), http));
    upstream.takeRequest();
    return new OneUpstream(upstream, gateway);
  }

  FakeUpstream upstream() {
    return upstream;
  }

  int port() {
    return gateway.port();
  }

  RawClient connect() throws IOException {
    return RawClient.connect(gateway.port());
  }

  /** The upstream's end of the oldest chat not taken yet; waits for it. */
  int takeConnection() {
    RecordedRequest request = upstream.takeRequest();
    if (!request.method().equals("POST")) {
      throw new AssertionError("not a chat: " + request.path());
    }
    return request.connection();
  }

  /** Waits until the gateway has given up this connection of the upstream. */
  void awaitReset(int connection) {
    upstream.awaitClosed(connection, SOON);
  }

  @Override
  public void close() throws TimeoutException {
    gateway.close();
    upstream.close();
  }
}
