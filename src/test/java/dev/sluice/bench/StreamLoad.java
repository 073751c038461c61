package dev.sluice.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A load client on one thread: keeps a number of requests open until a time or a count is reached,
 * lets the last ones finish, and checks every token of every stream. What has not finished {@link
 * #GRACE} after the time it should take counts as cut.
 */
public final class StreamLoad {
  private static final Duration GRACE = Duration.ofSeconds(20);

  private final LoadOptions options;
  private final LoadReport report = new LoadReport();
  private final ByteBuffer request;
  private final ByteBuffer input = ByteBuffer.allocateDirect(64 * 1024);
  private final byte[] scratch = new byte[64 * 1024];
  private final List<LoadConnection> connections = new ArrayList<>();
  private final List<LoadConnection> answered = new ArrayList<>();
  private long started;
  private long asked;
  private int busy;
  private int opened;

  private StreamLoad(LoadOptions options) {
    this.options = options;
    byte[] body = options.body().getBytes(StandardCharsets.UTF_8);
    String head =
        "POST "
            + options.path()
            + " HTTP/1.1\r\nhost: 127.0.0.1:"
            + options.port()
            + "\r\ncontent-type: application/json\r\ncontent-length: "
            + body.length
            + "\r\n\r\n";
    byte[] start = head.getBytes(StandardCharsets.US_ASCII);
    request = ByteBuffer.allocateDirect(start.length + body.length).put(start).put(body);
  }

  /** A load that is looked at while it runs. */
  static StreamLoad of(LoadOptions options) {
    return new StreamLoad(options);
  }

  /** Runs to the end and tells what it saw. */
  static LoadReport run(LoadOptions options) throws IOException {
    return new StreamLoad(options).run();
  }

  /**
   * Options: see {@link LoadOptions}. Prints one line; leaves with 1 if anything was not as it
   * should be.
   */
  public static void main(String[] args) throws IOException {
    var report = run(LoadOptions.of(args));
    System.out.println(report);
    if (report.faults() > 0) {
      System.exit(1);
    }
  }

  LoadOptions options() {
    return options;
  }

  LoadReport report() {
    return report;
  }

  /** One whole request. */
  ByteBuffer request() {
    return request.duplicate().flip();
  }

  void answered(LoadConnection connection) {
    answered.add(connection);
  }

  /** Opens one more connection, which asks as soon as it is there. */
  void open(Selector selector) throws IOException {
    connections.add(new LoadConnection(this, selector, options.port()));
  }

  LoadReport run() throws IOException {
    started = System.nanoTime();
    try (var selector = Selector.open()) {
      while (!over()) {
        openWhatIsDue(selector);
        selector.select(this::ready, opened < options.connections() ? 1 : 50);
        goOn(selector);
      }
      report.took = Duration.ofNanos(System.nanoTime() - started);
      connections.forEach(options.abandon() ? LoadConnection::abandon : LoadConnection::lost);
      selector.selectNow(key -> {});
    }
    return report;
  }

  private boolean over() {
    Duration age = Duration.ofNanos(System.nanoTime() - started);
    boolean timeIsUp = age.compareTo(options.time()) >= 0;
    if (timeIsUp && options.abandon()) {
      return true;
    }
    boolean allOpened = opened == options.connections() || timeIsUp;
    return (allOpened && busy == 0)
        || age.compareTo(options.time().multipliedBy(2).plus(GRACE)) > 0;
  }

  private boolean mayAsk() {
    return asked < options.requests() && System.nanoTime() - started < options.time().toNanos();
  }

  private void openWhatIsDue(Selector selector) throws IOException {
    long age = System.nanoTime() - started;
    long ramp = options.ramp().toNanos();
    while (opened < options.connections() && age >= ramp * opened / options.connections()) {
      opened++;
      if (asked < options.requests()) {
        asked++;
        busy++;
        open(selector);
      }
    }
  }

  private void goOn(Selector selector) throws IOException {
    for (var connection : List.copyOf(answered)) {
      if (mayAsk()) {
        asked++;
        connection.askAgain(selector);
      } else {
        busy--;
      }
    }
    answered.clear();
  }

  private void ready(SelectionKey key) {
    var connection = (LoadConnection) key.attachment();
    try {
      if (key.isConnectable()) {
        connection.connectable(key);
      } else {
        connection.readable(input, scratch);
      }
    } catch (IOException e) {
      connection.lost();
    }
  }
}
