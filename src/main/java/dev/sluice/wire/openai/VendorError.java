package dev.sluice.wire.openai;

import com.fasterxml.jackson.core.JsonParser;
import dev.sluice.wire.Json;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An error in a vendor's own words, read only to tell one fault from another; none of it may reach
 * anybody. Whatever the vendor's shape does not have is empty.
 *
 * @param marks the error's code, type and status, in lower case
 * @param status the HTTP status that the error itself names, or 0
 * @param message the vendor's sentence, in lower case
 * @param param the member of the request that it blames
 */
record VendorError(List<String> marks, int status, String message, String param) {
  static final VendorError NONE = new VendorError(List.of(), 0, "", "");

  /**
   * The error in a body or an event; null if there is none. Known shapes: {@code error} as object
   * (OpenAI) or as text (Ollama, xAI), the same within a list (Gemini), {@code x_groq.error}
   * (Groq), flat with {@code "object": "error"} (Mistral, old vLLM), {@code detail} (FastAPI).
   */
  static @Nullable VendorError read(byte[] bytes, int length) {
    byte[] repaired = Utf8.repaired(bytes, length);
    try (JsonParser json = Json.parser(repaired, 0, repaired.length)) {
      return json.nextToken() == null ? null : ofRoot(Json.readValue(json));
    } catch (IOException e) {
      return null;
    }
  }

  private static @Nullable VendorError ofRoot(@Nullable Object root) {
    if (root instanceof List<?> list) {
      return list.isEmpty() || list.get(0) instanceof List ? null : ofRoot(list.get(0));
    }
    if (!(root instanceof Map<?, ?> object)) {
      return null;
    }
    Object groq = object.get("x_groq") instanceof Map<?, ?> extra ? extra.get("error") : null;
    return Stream.of(
            of(object.get("error"), object),
            of(groq, Map.of()),
            "error".equals(object.get("object")) ? ofObject(object) : null,
            of(object.get("detail"), object))
        .filter(error -> error != null)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable VendorError of(@Nullable Object error, Map<?, ?> around) {
    if (error instanceof Map<?, ?> object) {
      return ofObject(object);
    }
    if (error instanceof String text && !text.isEmpty()) {
      return ofText(text, around);
    }
    if (error instanceof List<?> || Boolean.TRUE.equals(error) || error instanceof Number) {
      return ofText("", around);
    }
    return null;
  }

  private static VendorError ofText(String text, Map<?, ?> around) {
    VendorError outer = ofObject(around);
    return new VendorError(outer.marks, outer.status, lower(text), outer.param);
  }

  private static VendorError ofObject(Map<?, ?> error) {
    Stream<Object> marks = Stream.of("code", "type", "status").map(name -> text(error.get(name)));
    boolean moderated =
        error.get("metadata") instanceof Map<?, ?> metadata
            && metadata.get("flagged_input") != null;
    return new VendorError(
        Stream.concat(marks, moderated ? Stream.of("content_filter") : Stream.empty())
            .map(mark -> lower(mark))
            .filter(mark -> !mark.isEmpty())
            .toList(),
        error.get("code") instanceof Integer code && code >= 400 && code < 600 ? code : 0,
        lower(error.get("message")),
        text(error.get("param")));
  }

  private static String lower(@Nullable Object value) {
    return text(value).toLowerCase(Locale.ROOT);
  }

  private static String text(@Nullable Object value) {
    return value instanceof String text ? text : "";
  }

  /** Whether a mark contains one of {@code parts}. */
  boolean isMarked(String... parts) {
    return marks.stream().anyMatch(mark -> Stream.of(parts).anyMatch(mark::contains));
  }

  /** Whether the message contains one of {@code phrases}. */
  boolean says(String... phrases) {
    return Stream.of(phrases).anyMatch(message::contains);
  }
}
