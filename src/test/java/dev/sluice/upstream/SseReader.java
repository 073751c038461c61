package dev.sluice.upstream;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads server-sent events from a stream, waiting for each (WHATWG HTML, "event stream
 * interpretation"). Written apart from the parser of the gateway, to check it.
 */
public final class SseReader {
  private static final int END = -1;

  private final InputStream in;
  private final List<String> comments = new ArrayList<>();
  private boolean skipLineFeed;
  private boolean firstLine = true;
  private boolean cut;
  private String id = "";

  /**
   * @param in the body without the framing of HTTP
   */
  public SseReader(InputStream in) {
    this.in = in;
  }

  /** All events of a text. */
  public static List<SseEvent> parse(String text) {
    return parse(text.getBytes(StandardCharsets.UTF_8));
  }

  /** All events of a body. */
  public static List<SseEvent> parse(byte[] body) {
    return new SseReader(new ByteArrayInputStream(body)).rest();
  }

  /**
   * The next event; null when the stream has ended. What was not dispatched then is dropped.
   *
   * @throws UncheckedIOException if the deadline of the client passes first
   */
  public @Nullable SseEvent next() {
    String name = "";
    StringBuilder data = new StringBuilder();
    for (String line = nextLine(); line != null; line = nextLine()) {
      if (line.isEmpty()) {
        if (data.length() > 0) {
          data.setLength(data.length() - 1);
          return new SseEvent(name.isEmpty() ? "message" : name, data.toString(), id);
        }
        name = "";
      } else if (line.startsWith(":")) {
        comments.add(line.substring(1));
      } else {
        String field = field(line);
        String value = value(line);
        switch (field) {
          case "data" -> data.append(value).append('\n');
          case "event" -> name = value;
          case "id" -> id = value.indexOf('\0') < 0 ? value : id;
          default -> {}
        }
      }
    }
    return null;
  }

  /** All events until the stream ends. */
  public List<SseEvent> rest() {
    var events = new ArrayList<SseEvent>();
    for (var event = next(); event != null; event = next()) {
      events.add(event);
    }
    return events;
  }

  /** The comments seen so far, without their colon. */
  public List<String> comments() {
    return List.copyOf(comments);
  }

  /** Whether the stream ended otherwise than its framing says: cut or reset. */
  public boolean wasCut() {
    return cut;
  }

  private static String field(String line) {
    int colon = line.indexOf(':');
    return colon < 0 ? line : line.substring(0, colon);
  }

  private static String value(String line) {
    int colon = line.indexOf(':');
    if (colon < 0) {
      return "";
    }
    String value = line.substring(colon + 1);
    return value.startsWith(" ") ? value.substring(1) : value;
  }

  private @Nullable String nextLine() {
    var bytes = new ByteArrayOutputStream();
    int b = read();
    while (b != '\n' && b != '\r') {
      if (b == END) {
        return null;
      }
      bytes.write(b);
      b = read();
    }
    // A lone CR ends a line as well; waiting for a LF after it would hold the event back.
    skipLineFeed = b == '\r';
    String line = bytes.toString(StandardCharsets.UTF_8);
    boolean marked = firstLine && line.startsWith("\uFEFF");
    firstLine = false;
    return marked ? line.substring(1) : line;
  }

  private int read() {
    int b = readByte();
    if (skipLineFeed && b == '\n') {
      b = readByte();
    }
    skipLineFeed = false;
    return b;
  }

  private int readByte() {
    try {
      return in.read();
    } catch (SocketTimeoutException e) {
      throw new UncheckedIOException("no event within the deadline", e);
    } catch (IOException e) {
      cut = true;
      return END;
    }
  }
}
