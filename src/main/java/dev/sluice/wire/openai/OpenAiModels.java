package dev.sluice.wire.openai;

import com.fasterxml.jackson.core.JsonParser;
import dev.sluice.chat.Model;
import dev.sluice.wire.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The list of models. */
final class OpenAiModels {
  private static final int MOST = 2_000;
  private static final String GEMINI_PREFIX = "models/";

  private OpenAiModels() {}

  /** The first 2,000 models of {@code data}, or of a bare list; empty if it is neither. */
  static List<Model> read(byte[] body) {
    byte[] repaired = Utf8.repaired(body, body.length);
    try (JsonParser json = Json.parser(repaired, 0, repaired.length)) {
      return json.nextToken() == null ? List.of() : models(Json.readValue(json));
    } catch (IOException e) {
      return List.of();
    }
  }

  private static List<Model> models(@Nullable Object root) {
    Object list = root instanceof Map<?, ?> object ? object.get("data") : root;
    return list instanceof List<?> entries
        ? entries.stream().flatMap(OpenAiModels::model).limit(MOST).toList()
        : List.of();
  }

  private static Stream<Model> model(@Nullable Object entry) {
    if (!(entry instanceof Map<?, ?> object
        && object.get("id") instanceof String name
        && !name.isBlank())) {
      return Stream.empty();
    }
    String id = name.startsWith(GEMINI_PREFIX) ? name.substring(GEMINI_PREFIX.length()) : name;
    return id.isEmpty() ? Stream.empty() : Stream.of(new Model(id, id, true));
  }
}
