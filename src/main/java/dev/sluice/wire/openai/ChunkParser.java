package dev.sluice.wire.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.wire.Json;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reads the JSON of a {@code chat.completion.chunk} or of a whole {@code chat.completion}, which
 * differ in one name only. Nothing is demanded but a JSON object: every member may be missing,
 * null, or of a type that nobody expects.
 *
 * <p>One parser reads one answer.
 */
final class ChunkParser {
  private final Chunk chunk = new Chunk();
  private Chunk.Choice scratch = new Chunk.Choice();
  private boolean modelKnown;

  /** What was read last; the next {@link #read} overwrites it. */
  Chunk chunk() {
    return chunk;
  }

  /**
   * Reads the first {@code length} bytes, and returns whether they are one JSON object. Bytes that
   * are not UTF-8 become U+FFFD.
   */
  boolean read(byte[] bytes, int length) {
    if (parse(bytes, length)) {
      return true;
    }
    byte[] repaired = Utf8.repaired(bytes, length);
    boolean wasBroken = !Arrays.equals(bytes, 0, length, repaired, 0, repaired.length);
    return wasBroken && parse(repaired, repaired.length);
  }

  private boolean parse(byte[] bytes, int length) {
    chunk.clear();
    try (JsonParser json = Json.parser(bytes, 0, length)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      boolean hasError = members(json, bytes);
      if (json.nextToken() != null) {
        return false;
      }
      if (hasError) {
        chunk.error = VendorError.read(bytes, length);
      }
      modelKnown |= chunk.model != null;
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether it reports an error, or has no choices and so perhaps is one. */
  private boolean members(JsonParser json, byte[] bytes) throws IOException {
    boolean hasError = false;
    boolean hasChoices = false;
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      switch (name) {
        case "choices" -> {
          hasChoices = true;
          choices(json, bytes);
        }
        case "model" -> model(json);
        case "usage" -> usage(json);
        case "error" -> hasError |= Values.isThere(json);
        case "x_groq" -> hasError |= groq(json);
        default -> Values.skip(json);
      }
    }
    return hasError || !hasChoices;
  }

  private void model(JsonParser json) throws IOException {
    if (modelKnown) {
      Values.skip(json);
    } else {
      chunk.model = Values.text(json);
    }
  }

  private void usage(JsonParser json) throws IOException {
    if (Values.opens(json, JsonToken.START_OBJECT)) {
      chunk.usage = UsageParser.read(json);
    }
  }

  /** Groq's own member, which holds the usage in the last chunk and an error in a failed one. */
  private boolean groq(JsonParser json) throws IOException {
    boolean hasError = false;
    if (Values.opens(json, JsonToken.START_OBJECT)) {
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        switch (name) {
          case "usage" -> usage(json);
          case "error" -> hasError |= Values.isThere(json);
          default -> Values.skip(json);
        }
      }
    }
    return hasError;
  }

  private void choices(JsonParser json, byte[] bytes) throws IOException {
    if (!Values.opens(json, JsonToken.START_ARRAY)) {
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        json.skipChildren();
        continue;
      }
      scratch.clear();
      ChoiceParser.read(json, bytes, scratch);
      keepFirst();
    }
  }

  /** A choice may tell its index after its content, so it is judged when it was read. */
  private void keepFirst() {
    if (scratch.index == 0 && !chunk.hasChoice) {
      Chunk.Choice other = chunk.choice;
      chunk.choice = scratch;
      scratch = other;
      chunk.hasChoice = true;
    }
  }
}
