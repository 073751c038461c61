package dev.sluice.wire.anthropic;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.chat.Model;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The list of models. */
final class AnthropicModels {
  private static final int MOST = 2_000;

  private final List<Model> models = new ArrayList<>();
  private @Nullable String id;
  private @Nullable String name;

  private AnthropicModels() {}

  /** The first 2,000 models of {@code data}; empty if there is no such list. */
  static List<Model> read(byte[] body) {
    List<Model> models = AnthropicJson.read(body, body.length, AnthropicModels::models);
    return Objects.requireNonNullElse(models, List.of());
  }

  private static List<Model> models(JsonParser json) throws IOException {
    AnthropicModels list = new AnthropicModels();
    AnthropicJson.members(json, list::member);
    return List.copyOf(list.models);
  }

  private void member(String member, JsonParser json) throws IOException {
    if (!member.equals("data") || json.currentToken() != JsonToken.START_ARRAY) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      id = null;
      name = null;
      AnthropicJson.members(json, this::memberOfModel);
      add();
    }
  }

  private void memberOfModel(String member, JsonParser json) throws IOException {
    switch (member) {
      case "id" -> id = AnthropicJson.text(json);
      case "display_name" -> name = AnthropicJson.text(json);
      default -> json.skipChildren();
    }
  }

  private void add() {
    if (id != null && !id.isBlank() && models.size() < MOST) {
      models.add(new Model(id, name == null || name.isBlank() ? id : name, true));
    }
  }
}
