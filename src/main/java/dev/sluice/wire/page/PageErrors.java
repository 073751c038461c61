package dev.sluice.wire.page;

import dev.sluice.chat.Failure;
import dev.sluice.wire.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A failure as the page reads it, while a status can still tell the rest. */
public final class PageErrors {
  private PageErrors() {}

  /**
   * {@code {error, message, code, field?, details?, retry_after?, request_id}}: {@code error} is a
   * title, {@code message} a sentence, {@code details} the same as a list for older clients.
   */
  public static byte[] write(Failure failure, String requestId) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("error", title(failure));
    json.put("message", failure.message());
    json.put("code", failure.fault().code());
    if (failure.field() != null) {
      json.put("field", failure.field());
      json.put("details", List.of(failure.message()));
    }
    if (failure.retryAfterSeconds() != null) {
      json.put("retry_after", failure.retryAfterSeconds());
    }
    json.put("request_id", requestId);
    return Json.write(json);
  }

  private static String title(Failure failure) {
    return switch (failure.fault().status()) {
      case 400 -> "Invalid input";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not found";
      case 405 -> "Method not allowed";
      case 408 -> "Request timeout";
      case 413 -> "Request too large";
      case 414 -> "Address too long";
      case 415 -> "Unsupported media type";
      case 421 -> "Misdirected request";
      case 429 -> "Rate limit exceeded";
      case 431 -> "Headers too large";
      case 500 -> "Internal server error";
      case 503 -> "Service unavailable";
      default -> "Provider error";
    };
  }
}
