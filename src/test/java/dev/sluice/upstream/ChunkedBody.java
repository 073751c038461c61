package dev.sluice.upstream;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;

/**
 * A chunked body without its framing (RFC 9112, 7.1); ends only at the last chunk, a stream that
 * stops before it is an error.
 */
final class ChunkedBody extends InputStream {
  private final MessageReader lines;
  private final InputStream in;
  private long left;
  private boolean ended;

  ChunkedBody(MessageReader lines, InputStream in) {
    this.lines = lines;
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left == 0 && !nextChunk()) {
      return -1;
    }
    int count = in.read(target, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw new EOFException("the body was cut within a chunk");
    }
    left -= count;
    if (left == 0) {
      requireEmptyLine();
    }
    return count;
  }

  private boolean nextChunk() throws IOException {
    if (ended) {
      return false;
    }
    String size = lines.requireLine().split(";", 2)[0].trim();
    if (!size.matches("[0-9a-fA-F]{1,15}")) {
      throw new ProtocolException("not a chunk size: " + size);
    }
    left = Long.parseLong(size, 16);
    if (left == 0) {
      ended = true;
      lines.readHeaders();
    }
    return !ended;
  }

  private void requireEmptyLine() throws IOException {
    String line = lines.requireLine();
    if (!line.isEmpty()) {
      throw new ProtocolException("a chunk longer than its size: " + line);
    }
  }
}
