package dev.sluice.upstream;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the parts of HTTP/1.1 messages (RFC 9112) from a blocking stream. */
final class MessageReader {
  private final InputStream in;

  MessageReader(InputStream in) {
    this.in = in;
  }

  /**
   * The next line without its CRLF, as ISO-8859-1; null if the stream ends before the line's first
   * byte.
   *
   * @throws EOFException if it ends within the line
   * @throws ProtocolException if the line ends in a bare LF
   */
  @Nullable String readLine() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        if (line.size() == 0) {
          return null;
        }
        throw new EOFException("the stream ended within the line " + line);
      }
      line.write(b);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    if (!text.endsWith("\r")) {
      throw new ProtocolException("bare LF after: " + text);
    }
    return text.substring(0, text.length() - 1);
  }

  /** As {@link #readLine}, where the stream must not end yet. */
  String requireLine() throws IOException {
    String line = readLine();
    if (line == null) {
      throw new EOFException("the stream ended between two lines");
    }
    return line;
  }

  /**
   * Header fields up to the empty line: lower-case names in order of arrival, repeated ones joined
   * by a comma.
   */
  Map<String, String> readHeaders() throws IOException {
    var headers = new LinkedHashMap<String, String>();
    for (String line = requireLine(); !line.isEmpty(); line = requireLine()) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new ProtocolException("not a header field: " + line);
      }
      String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      headers.merge(name, line.substring(colon + 1).trim(), (one, two) -> one + ", " + two);
    }
    return headers;
  }

  /**
   * The body that these header fields announce, undone of its framing; {@code unframed} if they
   * announce none.
   */
  InputStream body(Map<String, String> headers, InputStream unframed) {
    if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
      return new ChunkedBody(this, in);
    }
    String length = headers.get("content-length");
    return length == null ? unframed : new LengthBody(in, Long.parseLong(length));
  }
}
