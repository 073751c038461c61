package dev.sluice.http;

import dev.sluice.chat.Failure;
import dev.sluice.chat.Fault;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Serves the chat page. Every file may be kept by the browser but must be asked about each time,
 * which costs an empty answer: so a new version is there at once. Libraries, whose paths say their
 * versions, are kept for good.
 */
final class PageHandler {
  private static final int NOT_MODIFIED = 304;
  private static final CharSequence ASK_EACH_TIME = HttpHeaders.createOptimized("no-cache");
  private static final CharSequence FOREVER =
      HttpHeaders.createOptimized("public, max-age=31536000, immutable");

  /** The coding with any weight but 0 (RFC 9110, section 12.5.3). */
  private static final Pattern GZIP = Pattern.compile("\\s*gzip\\s*(;\\s*q=(?!0(\\.0*)?\\s*$).*)?");

  private final PageFiles files;

  PageHandler(PageFiles files) {
    this.files = files;
  }

  void handle(Exchange exchange) {
    PageFile file = files.at(exchange.request().path());
    if (file == null) {
      exchange.fail(Failure.of(Fault.NOT_FOUND, "There is nothing at this address."));
      return;
    }
    HttpServerResponse response = exchange.response();
    if (hasPolicyOfItsOwn(file, exchange.request().path())) {
      SecurityHeaders.addForPage(response.headers());
    }
    response
        .headers()
        .set(HttpHeaders.CACHE_CONTROL, caching(exchange.request().path()))
        .set(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
        .set(HttpHeaders.ETAG, file.etag());
    if (isKnown(file, exchange.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
      response.setStatusCode(NOT_MODIFIED).end();
    } else {
      send(exchange, file);
    }
  }

  /** Only documents and workers have one; for all else it would be half of what is sent. */
  private static boolean hasPolicyOfItsOwn(PageFile file, String path) {
    return file.contentType().startsWith("text/html") || path.equals(PageFiles.WORKER);
  }

  private static CharSequence caching(String path) {
    return path.startsWith(PageFiles.VENDOR) ? FOREVER : ASK_EACH_TIME;
  }

  private static void send(Exchange exchange, PageFile file) {
    HttpServerResponse response = exchange.response();
    response.putHeader(HttpHeaders.CONTENT_TYPE, file.contentType());
    byte[] bytes = file.bytes();
    if (file.gzip().length > 0 && acceptsGzip(exchange)) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
      bytes = file.gzip();
    }
    response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(bytes.length));
    if (exchange.request().method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      response.end(Buffer.buffer(bytes));
    }
  }

  /** Whether the client has this version (RFC 9110, section 13.1.2; proxies weaken the tag). */
  private static boolean isKnown(PageFile file, @Nullable String tags) {
    return tags != null
        && Stream.of(tags.split(",", -1))
            .map(String::strip)
            .anyMatch(
                tag ->
                    tag.equals("*") || tag.equals(file.etag()) || tag.equals("W/" + file.etag()));
  }

  private static boolean acceptsGzip(Exchange exchange) {
    String accepted = exchange.request().getHeader(HttpHeaders.ACCEPT_ENCODING);
    return accepted != null
        && Stream.of(accepted.toLowerCase(Locale.ROOT).split(",", -1))
            .anyMatch(coding -> GZIP.matcher(coding).matches());
  }
}
