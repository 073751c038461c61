package dev.sluice.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * A file of the chat page, ready to be sent.
 *
 * @param gzip the same bytes compressed; empty if that does not pay
 * @param etag RFC 9110, section 8.8.3, quotes included
 */
record PageFile(String contentType, byte[] bytes, byte[] gzip, String etag) {

  static PageFile of(String contentType, boolean compressible, byte[] bytes) {
    return new PageFile(
        contentType, bytes, compressible ? compressed(bytes) : new byte[0], etag(bytes));
  }

  private static byte[] compressed(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    try (GZIPOutputStream gzip = new Thorough(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("An array in memory cannot fail to be written", e);
    }
    return out.size() < bytes.length ? out.toByteArray() : new byte[0];
  }

  /** It is done once, at the start. */
  private static final class Thorough extends GZIPOutputStream {
    Thorough(ByteArrayOutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }

  private static String etag(byte[] bytes) {
    String hash = Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(bytes));
    return '"' + hash.substring(0, 22) + '"';
  }
}
