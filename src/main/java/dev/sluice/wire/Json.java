package dev.sluice.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as plain JDK values: {@code Map} (in order), {@code List}, {@code String}, {@code Integer},
 * {@code Long}, {@code BigInteger}, {@code Double}, {@code Boolean} and null.
 */
public final class Json {

  /** For what strangers send: strict, and bounded in every direction. */
  private static final JsonFactory STRICT =
      new JsonFactoryBuilder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(32)
                  .maxNumberLength(20)
                  .maxNameLength(256)
                  .build())
          .build();

  /** For what upstreams send, who may be sloppy but are not hostile; still bounded. */
  private static final JsonFactory LENIENT = new JsonFactory();

  private Json() {}

  /**
   * Reads a JSON object that a stranger sent. Refused are: bytes that are not UTF-8, half of a
   * surrogate pair, a name that stands twice, more than one value, nesting deeper than 32, numbers
   * longer than 20 digits or beyond a double.
   */
  public static Map<String, @Nullable Object> readStrictly(byte[] bytes) throws JsonException {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new JsonException("", "The body is not valid UTF-8.");
    }
    try (JsonParser parser = STRICT.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new JsonException("", "The body must be a JSON object.");
      }
      Map<String, @Nullable Object> object = strictObject(parser);
      if (parser.nextToken() != null) {
        throw new JsonException("", "The body must be one JSON object and nothing after it.");
      }
      return object;
    } catch (StreamConstraintsException e) {
      throw new JsonException("", "The body is nested too deeply or holds too long a number.");
    } catch (IOException e) {
      throw new JsonException("", "The body is not valid JSON.");
    }
  }

  private static Map<String, @Nullable Object> strictObject(JsonParser parser)
      throws IOException, JsonException {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      requirePairedSurrogates(name, parser);
      parser.nextToken();
      object.put(name, strictValue(parser));
    }
    return object;
  }

  private static @Nullable Object strictValue(JsonParser parser) throws IOException, JsonException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> strictObject(parser);
      case START_ARRAY -> strictArray(parser);
      case VALUE_STRING -> requirePairedSurrogates(parser.getText(), parser);
      case VALUE_NUMBER_FLOAT -> finite(parser);
      default -> scalar(parser);
    };
  }

  private static List<@Nullable Object> strictArray(JsonParser parser)
      throws IOException, JsonException {
    List<@Nullable Object> array = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(strictValue(parser));
    }
    return array;
  }

  private static double finite(JsonParser parser) throws IOException, JsonException {
    double number = parser.getDoubleValue();
    if (Double.isInfinite(number)) {
      throw new JsonException(path(parser), "The number is too large.");
    }
    return number;
  }

  private static String requirePairedSurrogates(String text, JsonParser parser)
      throws JsonException {
    if (text.codePoints().anyMatch(Json::isSurrogate)) {
      throw new JsonException(path(parser), "The text holds half of a surrogate pair.");
    }
    return text;
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private static String path(JsonParser parser) {
    return path(parser.getParsingContext());
  }

  private static String path(@Nullable JsonStreamContext context) {
    if (context == null || context.inRoot()) {
      return "";
    }
    String parent = path(context.getParent());
    if (context.inArray()) {
      return parent + "[" + context.getCurrentIndex() + "]";
    }
    String name = context.getCurrentName();
    if (name == null) {
      return parent;
    }
    return parent.isEmpty() ? name : parent + "." + name;
  }

  /**
   * A pull parser over what an upstream sent. It does not close anything and may be left at any
   * point.
   */
  public static JsonParser parser(byte[] bytes, int offset, int length) throws IOException {
    return LENIENT.createParser(bytes, offset, length);
  }

  /** The value that {@code parser} stands on, read to its end. */
  public static @Nullable Object readValue(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> readObject(parser);
      case START_ARRAY -> readArray(parser);
      default -> scalar(parser);
    };
  }

  private static Map<String, @Nullable Object> readObject(JsonParser parser) throws IOException {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      object.put(name, readValue(parser));
    }
    return object;
  }

  private static List<@Nullable Object> readArray(JsonParser parser) throws IOException {
    List<@Nullable Object> array = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(readValue(parser));
    }
    return array;
  }

  private static @Nullable Object scalar(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  /** The UTF-8 bytes of what {@code content} writes. */
  public static byte[] write(Writing content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator generator = LENIENT.createGenerator(bytes)) {
      content.to(generator);
    } catch (IOException e) {
      throw new UncheckedIOException("An array in memory cannot fail to be written", e);
    }
    return bytes.toByteArray();
  }

  /** The UTF-8 bytes of a plain value. */
  public static byte[] write(@Nullable Object value) {
    return write((JsonGenerator generator) -> writeValue(generator, value));
  }

  /**
   * Writes a plain value where {@code generator} stands. A {@link Writing} within it writes itself.
   */
  public static void writeValue(JsonGenerator generator, @Nullable Object value)
      throws IOException {
    if (value instanceof Map<?, ?> object) {
      generator.writeStartObject();
      for (Map.Entry<?, ?> member : object.entrySet()) {
        generator.writeFieldName(String.valueOf(member.getKey()));
        writeValue(generator, member.getValue());
      }
      generator.writeEndObject();
    } else if (value instanceof List<?> array) {
      generator.writeStartArray();
      for (Object element : array) {
        writeValue(generator, element);
      }
      generator.writeEndArray();
    } else if (value instanceof Writing content) {
      content.to(generator);
    } else {
      generator.writePOJO(value);
    }
  }

  /** Writes JSON step by step. */
  @FunctionalInterface
  public interface Writing {
    void to(JsonGenerator generator) throws IOException;
  }
}
